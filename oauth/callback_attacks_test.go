package oauth

import "strings"

// pathAttacks have the right state at an address that is not ours.
func pathAttacks() []attack {
	var attacks []attack
	for _, path := range []string{
		"/", "/favicon.ico", "/robots.txt", "/apple-touch-icon.png", "/.well-known/change-password", "/oauth", "/oauth/",
		"{p}/", "/{p}", "{p}/x", "{p};x", "{p}%20", "{p}%00", "{p}.html", "/x/..{p}", "/.{p}",
		"/oauth/%63allback", "/oauth%2fcallback", "/OAUTH/CALLBACK", "/oauth\\callback", "{p}%3f",
	} {
		attacks = append(attacks, attack{"path " + path, get(path + "?code={m}&state={s}"), 404})
	}
	return attacks
}

// queryAttacks come to the right address with the wrong words.
func queryAttacks() []attack {
	const lastOfState = "{s}"
	var attacks []attack
	for _, query := range []string{
		"", "?", "?code={m}", "?state=", "?code={m}&state=", "?state={m}", "?code={m}&state={m}",
		"?code={m}&state=" + strings.Repeat("A", 43),
		"?code={m}&state={s}A", "?code={m}&state=A{s}", "?code={m}&state=%20{s}", "?code={m}&state={s}%00", "?code={m}&state={s}+",
		"?code={m}&state={s}&state={s}", "?code={m}&state={s}&state={m}", "?code={m}&state={m}&state={s}",
		"?code={m}&code=other&state={s}", "?code={m}&state={s}&error=&error=access_denied", "?code={m}&state={s}&x=1&x=2",
		"?code={m}&state={s}&%73tate={s}",
		"?code={m}&State={s}", "?code={m}&STATE={s}", "?code={m}&state[]={s}", "?code={m}&state%5B%5D={s}", "?code={m}&%20state={s}",
		"?code={m};state={s}", "?code={m}&state={s};x=1", "?code={m}&state={s}&x=%zz", "?code={m}&state={s}&x=%",
		"?code={m}%26state={s}", "?code={m}&amp;state={s}", "?{s}", "?code={s}", "#code={m}&state={s}", "?#code={m}&state={s}",
		"?error=access_denied", "?error=access_denied&error_description={m}", "?error=access_denied&state=", "?error=access_denied&state={m}",
		"?error=access_denied&state=" + strings.Repeat("B", 43),
		"?code={m}&state={m}<script>alert(1)</script>", "?code=<svg/onload={m}>&state=%3Cb%3E{m}",
		"?code={m}&state={s}" + lastOfState,
		"?code={m}&x=" + strings.Repeat("c", maxCallbackQuery-600) + "&state={m}",
		"?code={m}&state={s}&x=" + strings.Repeat("d", maxCallbackQuery),
	} {
		name := query
		if len(name) > 60 {
			name = name[:40] + "… long"
		}
		want := 400
		if strings.HasPrefix(query, "#") {
			want = 404 // the fragment sign is part of what was asked for
		}
		attacks = append(attacks, attack{"query " + name, get("{p}" + query), want})
	}
	return attacks
}

// requestAttacks have the right state, in a request that is not a person's tab.
func requestAttacks() []attack {
	honest := "{p}?code={m}&state={s}"
	head := func(line, headers string) string { return line + " HTTP/1.1\r\n" + headers + "\r\n" }
	ours := "Host: {h}\r\n"
	attacks := []attack{
		{"no host in HTTP 1.1", head("GET "+honest, ""), 400},
		{"no host in HTTP 1.0", "GET " + honest + " HTTP/1.0\r\n\r\n", 421},
		{"two hosts", head("GET "+honest, ours+"Host: evil.example\r\n"), 400},
		{"another host", head("GET "+honest, "Host: evil.example\r\n"), 421},
		{"another port", head("GET "+honest, "Host: localhost:1\r\n"), 421},
		{"a name that rebinds", head("GET "+honest, "Host: localhost.evil.example\r\n"), 421},
		{"forwarded host", head("GET "+honest, "Host: evil.example\r\nX-Forwarded-Host: {h}\r\n"), 421},
		{"absolute form", head("GET http://{h}"+honest, ours), 421},
		{"absolute form to elsewhere", head("GET http://evil.example"+honest, ours), 421},
		{"a body", head("GET "+honest, ours+"Content-Length: 4\r\n") + "code", 403},
		{"a chunked body", head("GET "+honest, ours+"Transfer-Encoding: chunked\r\n") + "4\r\ncode\r\n0\r\n\r\n", 403},
		{"two lengths", head("GET "+honest, ours+"Content-Length: 0\r\nContent-Length: 5\r\n"), 400},
		{"line feeds in a header", head("GET "+honest, ours+"X: a\nState: b\r\r\n"), 400},
		{"headers beyond the limit", head("GET "+honest, ours+"X: "+strings.Repeat("a", maxCallbackHeader)+"\r\n"), 431},
		{"many small headers", head("GET "+honest, ours+strings.Repeat("X-Y: "+strings.Repeat("b", 90)+"\r\n", 200)), 431},
		{"an endless request line", "GET " + honest + strings.Repeat("a", 40<<10) + " HTTP/1.1\r\n" + ours + "\r\n", 431},
		{"HTTP 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 421},
		{"HTTP 9", "GET " + honest + " HTTP/9.9\r\n" + ours + "\r\n", 505},
		{"HTTP 0.9", "GET " + honest + "\r\n\r\n", 400},
		{"a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x00", 64), 400},
		{"noise", "\x00\xff\xfe{m}\r\n\r\n", 400},
		{"nothing but line ends", "\r\n\r\n\r\n", 400},
		{"half a request", "GET " + honest + " HTTP/1.1\r\nHost: {h}\r\n", 400},
		{"a websocket", head("GET "+honest, ours+"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-Fetch-Mode: websocket\r\n"), 403},
	}
	for _, method := range []string{"HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "get", "FETCH"} {
		attacks = append(attacks, attack{"method " + method, head(method+" "+honest, ours), 405})
	}
	attacks = append(
		attacks,
		attack{"OPTIONS *", head("OPTIONS *", ours), 404},
		attack{"CONNECT", head("CONNECT {h}", ours), 421},
		attack{"a posted form", head("POST {p}", ours+"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 24\r\n") + "code=zqattackqz&state={s}", 405},
	)
	for _, said := range []string{
		"Sec-Fetch-Mode: cors", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Mode: same-origin", "Sec-Fetch-Mode: ",
		"Sec-Fetch-Dest: image", "Sec-Fetch-Dest: iframe", "Sec-Fetch-Dest: script",
		"Sec-Purpose: prefetch", "Sec-Purpose: prefetch;prerender", "Purpose: prefetch", "X-Moz: prefetch",
	} {
		attacks = append(attacks, attack{said, head("GET "+honest, ours+said+"\r\n"), 403})
	}
	return attacks
}
