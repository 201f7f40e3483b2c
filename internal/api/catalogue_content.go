package api

const areaContent = "Content"

func contentSamples() []Sample {
	return []Sample{
		get("search-files", areaContent, "Files",
			"/files/2026-09/files/search", anyOf("files", "files.ui_hidden.read"), limit("10")),
		get("list-site-pages", areaContent, "Site pages",
			"/cms/pages/2026-03/site-pages", anyOf("content", "content.site_pages.read"), limit("10")),
		get("list-blog-posts", areaContent, "Blog posts",
			"/cms/blogs/2026-09/posts", all("content"), limit("10")),
		get("list-hubdb-tables", areaContent, "HubDB tables",
			"/cms/hubdb/2026-03/tables", anyOf("hubdb", "hubdb.tables.read"), limit("10")),
		get("list-domains", areaContent, "Domains",
			"/cms/domains/2026-09", anyOf("cms.domains.read", "content"), limit("10")),
	}
}
