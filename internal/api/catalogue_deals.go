package api

const (
	areaDeals = "Deals, tickets, products"

	dealsPath = "/crm/objects/2026-09/deals"
	dealsRead = "crm.objects.deals.read"
)

func pipelineSamples() []Sample {
	return []Sample{
		get("list-deals", areaDeals, "List deals", dealsPath, all(dealsRead), limit("10")),
		ask("search-deals", areaDeals, "Search deals", dealsPath+"/search", all(dealsRead),
			`{"limit":10,"sorts":[{"propertyName":"createdate","direction":"DESCENDING"}],"properties":["dealname","dealstage","amount"]}`),
		{
			ID: "create-deal", Area: areaDeals, Name: "Create deal",
			Method: "POST", Path: dealsPath,
			Body:   `{"properties":{"dealname":"Sample deal","amount":"100"}}`,
			Scopes: all("crm.objects.deals.write"), Effect: EffectWrite,
		},
		get("list-pipelines", areaDeals, "Deal pipelines",
			"/crm/pipelines/2026-09/deals", anyOf(dealsRead, "crm.schemas.deals.read")),
		get("list-tickets", areaDeals, "List tickets",
			"/crm/objects/2026-09/tickets", all("tickets"), limit("10")),
		get("list-products", areaDeals, "List products",
			"/crm/objects/2026-09/products", all("crm.objects.products.read", "e-commerce"), limit("10")),
	}
}
