package oauth

// pageHTML is the page around a verdict. It is whole in itself: the browser
// fetches nothing for it.
const pageHTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{heading} · hsterm</title>
<style>{style}</style>
</head>
<body>
<main>
<p class="name"><b aria-hidden="true"></b>hsterm</p>
<div class="mark {tone}" aria-hidden="true">{mark}</div>
<h1>{heading}</h1>
<p>{text}</p>
<p class="next">{next}</p>
</main>
</body>
</html>
`

// pageStyle is the page's style sheet. Its hash stands in the page's policy, so
// it goes into the page byte for byte.
const pageStyle = `
:root{--ground:#f7f5f3;--card:#fff;--line:#e7e2de;--ink:#22201e;--soft:#6a6460;--accent:#ff7a59;--tint:#fff0ec;--on:#a33418;--shade:0 1px 2px #0000000d,0 12px 40px #0000000f}
@media (prefers-color-scheme:dark){:root{--ground:#161413;--card:#1f1c1b;--line:#332f2d;--ink:#f1edea;--soft:#a9a19c;--tint:#3a231c;--on:#ffa68d;--shade:none}}
*{box-sizing:border-box;margin:0}
html{height:100%}
body{min-height:100%;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{width:100%;max-width:27rem;padding:2rem 2.25rem 2.25rem;background:var(--card);border:1px solid var(--line);border-top:3px solid var(--accent);border-radius:.75rem;box-shadow:var(--shade)}
.name{display:flex;align-items:center;gap:.5rem;font:600 .8125rem/1 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
.name b{width:.5rem;height:1rem;background:var(--accent);border-radius:1px}
.mark{display:grid;place-items:center;width:3rem;height:3rem;margin:2rem 0 1.125rem;border-radius:50%;font:600 1.375rem/1 system-ui,sans-serif;background:var(--line);color:var(--soft)}
.done{background:var(--accent);color:#fff}
.stop{background:var(--tint);color:var(--on)}
h1{font-size:1.375rem;font-weight:650;line-height:1.25;letter-spacing:-.01em;margin-bottom:.5rem;text-wrap:balance}
p{color:var(--soft)}
.next{margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--ink)}
`
