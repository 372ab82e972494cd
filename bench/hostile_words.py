"""What hostile inputs are made of: words that readers look for, and what programs trip over."""

#: Pieces of text that programs trip over.
ODD = (
    "\0", "\x01\x02\x03", "\x1b[2J\x1b[31m", "\x7f", "\x85", "\x0b", "\x0c", "\x1a", "\u2028", "\u2029", "\ufeff",
    "\u200b", "\u200d", "\u00ad", "\u202e", "\u2066", "\u2069", "\ufffd", "\ufffe", "\U000e0001", "\U0010ffff",
    "e\u0301" * 5, "a" + "\u0301" * 300, "👩‍👩‍👧‍👦", "🏳️‍🌈" * 10, "ß", "İ", "ı", "ﬃ", "Ǆ", "ΰ", "ſ",
    "K", "½", "²",
    "٣", "௧", "五", "Ⅷ", "１２", "北京外交部发言人表示两国将签署条约" * 8,
    "وقال المتحدث باسم وزارة الخارجية" * 4, "אמר הדובר",
    "Представитель МИД заявил", "\t", " ", "\n", "\r", "\r\n", "\n\n\n", "  " * 40, '"', "“", "”", "''", "‘",
    "’",
    "«", "»", "(", ")", "[", "…", "—", "-", "--", "|", "*", "_", "#", "@", "&", "&amp;", "&#0;", "&#xD800;",
    "&#x110000;", "&bogus;", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "{}", "\\", "\\u0000", "%s", "%00",
    "../../x", "'; DROP TABLE pages; --", "http://[", "https://a.example/\0", "0", "00", "-0", "1e999", "9" * 400,
    "0.0.0.0", "31/02/2024", "2024-02-30", "29 February 2023", "0000-00-00", "9999-12-31", "10000-01-01",
    "1 January 0001", "year 9999", "Q5 2024", "the 99th century", "24:61", "2024-W54", "11/9/11", "12 12 12",
)  # fmt: skip
#: Words by which the steps of reading find what they look for.
CUES = (
    "said", "told reporters", "was quoted as saying", "denied that", "accused", "according to", "added", "who said",
    "he said", "she told them", "the ministry said", "Reuters reported", "via TASS", "it said", "claimed",
    "vowed to", "treaty", "agreement", "ratified", "signed", "will sign", "entered into force", "suspended",
    "negotiations on", "draft", "Iran and Russia", "Norway", "the Kremlin", "the foreign minister", "Sergei Shoigu",
    "Mr", "Dr.", "O'Neil", "al-", "van der", "on Tuesday", "last year", "two weeks ago", "in May", "4 May 2021",
    "May 4, 2021", "2021-05-04", "04/05/2021", "yesterday", "by the end of the month",
    "for twenty-one and a half years", "every other Friday", "at 5.30 pm GMT", "the 1990s", "mid-July",
    "spring 2024", "between 3 and 5 June", "from January to March", "first quarter of 2023", "tonight", "now",
    "three days later", "one hundred and one", "half a century", "MOSCOW (Reuters) -", "By Ana Holm", "Published:",
    "Updated", "Read more", "Comments (3)", "Photo:", "Advertisement", "Related", "© 2024",
)  # fmt: skip
TAGS = (
    "p", "div", "span", "b", "i", "a", "li", "ul", "ol", "table", "tr", "td", "th", "section", "article", "aside",
    "nav", "header", "footer", "main", "h1", "h2", "h3", "figure", "figcaption", "blockquote", "form", "button",
    "select", "option", "textarea", "iframe", "noscript", "template", "svg", "math", "foreignObject", "mtext",
    "annotation-xml", "script", "style", "title", "head", "body", "html", "frameset", "frame", "object", "embed",
    "plaintext", "xmp", "listing", "pre", "code", "br", "hr", "img", "input", "meta", "link", "base", "time",
    "address", "details", "summary", "dl", "dt", "dd", "caption", "col", "font", "center", "marquee",
    "custom-element", "o:p",
)  # fmt: skip
ATTRIBUTES = (
    "class", "id", "style", "href", "src", "hidden", "role", "itemprop", "itemscope", "datetime", "content", "name",
    "property", "lang", "dir", "title", "alt", "data-x", "aria-hidden", "xmlns", "onclick", "srcdoc", "charset",
    "http-equiv",
)  # fmt: skip
VALUES = (
    "", "article-body", "related", "comments", "byline", "display:none", "visibility : hidden", "2024-05-04",
    "2024-99-99", "2024-05-04T10:00:00+99:99", "og:title", "article:published_time", "datePublished", "rtl",
    "x-unknown", "javascript:void(0)", "http://[::1", "//a.example/2024/13/45/x",
    "data:image/png;base64,iVBORw0KGgo=", "\0", "'", "<b>", "sr-only", "NewsArticle",
)  # fmt: skip
#: Encodings that a page may be in.
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1251", "windows-1252", "iso-8859-1",
    "iso-8859-8", "koi8-r", "shift_jis", "euc-jp", "iso2022_jp", "gb18030", "big5", "euc-kr", "cp037", "utf-7",
    "mac-roman",
)  # fmt: skip
#: Encodings that a page may claim to have.
DECLARED = (
    *ENCODINGS, "x-user-defined", "none", "rot13", "hex", "base64", "zlib", "idna", "punycode", "unicode_escape",
    "undefined", "mbcs", "utf-8;", "utf 8", "iso-8859-99", "a" * 40,
)  # fmt: skip
#: Names that meta elements go by.
META = (
    "og:title", "og:site_name", "og:url", "article:published_time", "date", "pubdate", "datePublished", "author",
    "description", "dc.date", "parsely-pub-date", "twitter:title", "language", "robots", "charset",
)  # fmt: skip
#: Names of fields that are looked for in JSON.
KEYS = (
    "@type", "@graph", "@context", "headline", "datePublished", "dateModified", "author", "publisher", "name", "url",
    "articleBody", "mainEntityOfPage", "isPartOf", "inLanguage", "text", "content", "body", "html", "title", "date",
    "published", "path", "source", "schema", "items", "id", "language",
)  # fmt: skip
FEED_TAGS = (
    "title", "link", "description", "pubDate", "updated", "published", "guid", "author", "dc:date", "dc:creator",
    "summary", "id", "category", "enclosure",
)  # fmt: skip
FEED_WORDS = (
    "Sat, 04 May 2024 10:00:00 GMT", "2024-05-04T10:00:00Z", "2024-13-45", "http://a.example/1", "http://[",
    "&lt;p&gt;x", "0",
)  # fmt: skip
