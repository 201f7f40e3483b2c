package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// invent fills an account with made-up records: always the same ones for the same account.
// Contacts are desks and departments, so that no invented person is mistaken for a real one.
func invent(a *account, types []objectType, now time.Time) *crmStore {
	c := &crmStore{nextID: 100 + a.hubID%97, tables: map[string][]*record{}}
	r := rand.New(rand.NewPCG(uint64(a.hubID), 2026))
	var companies []int64
	// Companies first: contacts name the one they belong to.
	for _, name := range []string{"companies", "contacts", "deals", "tickets", "products", "emails", "notes", "tasks", "calls", "meetings"} {
		for _, t := range types {
			if t.name != name {
				continue
			}
			for i := range t.count {
				c.nextID += 1 + r.Int64N(7)
				created := now.Add(-time.Duration(40+r.IntN(500)) * 24 * time.Hour).Truncate(time.Millisecond)
				updated := created.Add(time.Duration(r.IntN(39*24*60)) * time.Minute)
				props := inventProps(t, i, r, companies, created)
				c.tables[t.name] = append(c.tables[t.name], &record{
					id: c.nextID, created: created, updated: updated, props: t.stamp(props, c.nextID, created, updated),
				})
				if t.name == "companies" {
					companies = append(companies, c.nextID)
				}
			}
		}
	}
	return c
}

func inventProps(t objectType, i int, r *rand.Rand, companies []int64, created time.Time) map[string]string {
	owner := strconv.Itoa(ownerIDs()[r.IntN(len(ownerIDs()))])
	switch t.name {
	case "companies":
		name := companyName(i)
		return map[string]string{
			"name": name, "domain": companyDomain(i), "city": pick(r, cities()), "industry": pick(r, []string{"LOGISTICS", "SOFTWARE", "FOOD", "ENERGY", "RETAIL"}),
			"numberofemployees": strconv.Itoa(5 + r.IntN(4000)), "annualrevenue": strconv.Itoa(50000 * (1 + r.IntN(900))),
			"phone": phone(r), "hubspot_owner_id": owner,
		}
	case "contacts":
		at := i % len(companies)
		desk := desks()[(i+i/len(companies))%len(desks())]
		first, last, _ := strings.Cut(desk, " ")
		return map[string]string{
			"email":     strings.ToLower(strings.ReplaceAll(desk, " ", ".")) + "@" + companyDomain(at),
			"firstname": first, "lastname": last, "jobtitle": desk, "company": companyName(at), "website": companyDomain(at),
			"phone": phone(r), "city": pick(r, cities()), "hubspot_owner_id": owner, "num_notes": strconv.Itoa(r.IntN(9)),
			"lifecyclestage":      pick(r, []string{"subscriber", "lead", "opportunity", "customer"}),
			"associatedcompanyid": strconv.FormatInt(companies[at], 10),
		}
	case "deals":
		return map[string]string{
			"dealname": companyName(i%24) + " " + pick(r, []string{"renewal", "pilot", "expansion", "first order", "support plan"}),
			"amount":   strconv.Itoa(500 * (1 + r.IntN(240))), "dealstage": pick(r, dealStages()), "pipeline": "default",
			"closedate": isoTime(created.Add(time.Duration(20+r.IntN(200)) * 24 * time.Hour)),
			"dealtype":  pick(r, []string{"newbusiness", "existingbusiness"}), "hubspot_owner_id": owner,
		}
	case "tickets":
		return map[string]string{
			"subject":     pick(r, []string{"Invoice question", "Cannot sign in", "Delivery is late", "Export stops half way", "Change of address", "Wrong colour"}),
			"content":     "Reported by " + companyName(i%24) + ".",
			"hs_pipeline": "0", "hs_pipeline_stage": strconv.Itoa(1 + r.IntN(4)),
			"hs_ticket_priority": pick(r, []string{"LOW", "MEDIUM", "HIGH"}), "hubspot_owner_id": owner,
		}
	case "products":
		return map[string]string{
			"name":  pick(r, []string{"Anvil", "Rocket skates", "Tunnel paint", "Dehydrated boulders", "Giant magnet"}) + fmt.Sprintf(" mark %d", i+1),
			"price": fmt.Sprintf("%d.%02d", 5+r.IntN(900), r.IntN(100)), "description": "From the invented catalogue.", "hs_sku": fmt.Sprintf("SKU-%04d", 1000+i),
		}
	}
	return inventActivity(t, i, created, owner)
}

// inventActivity fills the first two properties of notes, e-mails and the like: title and body.
func inventActivity(t objectType, i int, created time.Time, owner string) map[string]string {
	props := map[string]string{
		t.fields[0].name: fmt.Sprintf("%s %d with %s", t.singular, i+1, companyName(i%24)),
		t.fields[1].name: "Talked about the next delivery.",
		"hs_timestamp":   isoTime(created),
	}
	if _, has := t.field("hubspot_owner_id"); has {
		props["hubspot_owner_id"] = owner
	} else {
		props["hs_email_direction"] = "EMAIL"
	}
	return props
}

func companyName(i int) string {
	names := []string{
		"Stark Freight", "Wonka Foods", "Cyberdyne Tools", "Tyrell Optics", "Massive Dynamic", "Oscorp Labs", "Duff Beverages", "Wayne Shipping",
		"Gringotts Audit", "Monarch Solutions", "Pied Piper", "Aperture Parts", "Black Mesa Supply", "Virtucon", "Zorin Chips", "Prestige Travel",
		"Bluth Homes", "Dunder Paper", "Vandelay Imports", "Krusty Catering", "Planet Express", "Weyland Metals", "Nakatomi Trading", "Spacely Gears",
	}
	return names[i%len(names)]
}

// companyDomain is under .example, which belongs to nobody (RFC 2606).
func companyDomain(i int) string {
	return strings.ReplaceAll(strings.ToLower(companyName(i)), " ", "-") + ".example"
}

func desks() []string {
	return []string{
		"Purchasing Desk", "Accounts Payable", "Support Team", "Front Office", "Logistics Lead", "Sales Floor", "Legal Counsel", "Press Office",
		"Data Protection", "Facilities Desk", "People Team",
	}
}

func cities() []string {
	return []string{"Berlin", "Boston", "Dublin", "Lyon", "Sydney", "Porto", "Austin"}
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// phone is from the range reserved for fiction.
func phone(r *rand.Rand) string { return fmt.Sprintf("+1 555 01%02d", r.IntN(100)) }

func ownerIDs() []int { return []int{41001, 41002, 41003, 41004} }
