"""Makes Great Expectations' pages readable without internet.

As written they fetch style sheets, scripts and a logo from public hosts: unstyled where there is no
internet, and elsewhere an auditor's browser tells strangers what is being read. Here every reference
to another host that a browser would load by itself is taken out and one small style sheet is put in.
Links that a person clicks stay. What does not belong here: making the pages.
"""

from __future__ import annotations

import re
from pathlib import Path

_LOADED = (
    re.compile(r"<script\b[^>]*\bsrc\s*=\s*[\"']?(?:https?:)?//[^>]*>\s*</script>", re.I | re.S),
    re.compile(r"<link\b[^>]*\bhref\s*=\s*[\"']?(?:https?:)?//[^>]*>", re.I | re.S),
    re.compile(r"<img\b[^>]*\bsrc\s*=\s*[\"']?(?:https?:)?//[^>]*>", re.I | re.S),
    re.compile(r"@import\s+(?:url\()?[\"']?(?:https?:)?//[^;}]*;?", re.I),
    re.compile(r"url\([\"']?(?:https?:)?//[^)]*\)", re.I),
)

_STYLE = """<style>
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1200px;padding:0 1rem;color:#1b1b1b}
nav{padding:.5rem 0;border-bottom:1px solid #bbb}.row{display:flex;flex-wrap:wrap;gap:0 1rem}
.col-lg-2,.col-md-2,.navbar-collapse{flex:0 0 15%;font-size:13px}.col-lg-10,.col-md-10{flex:1 1 75%}.col-12{flex:1 1 100%}
table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;
vertical-align:top}thead{background:#eee}ol.breadcrumb,ul{padding-left:1.2rem}.breadcrumb{display:flex;gap:.5rem;list-style:none}
.badge{background:#555;color:#fff;border-radius:3px;padding:0 .3rem}.text-success{color:#116611}.text-danger{color:#a00}
.alert{border:1px solid #999;padding:.5rem;margin:.5rem 0}.collapse,.modal,.cooltip .top,.fas,.fa{display:revert}
.cooltip .top{display:none}.modal{display:none}pre,code{white-space:pre-wrap}
.text-success:empty::before{content:"\\2713 holds"}.text-danger:empty::before{content:"\\2717 fails"}
</style>"""


def make_offline(docs: Path) -> int:
    """Rewrite every page under ``docs`` so that opening it loads nothing from another host.

    Returns the number of pages. A page that was rewritten before is left as it is.
    """
    pages = sorted(docs.rglob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        offline = without_foreign_loads(text)
        if offline != text:
            page.write_text(offline.replace("</head>", _STYLE + "</head>", 1), encoding="utf-8")
    return len(pages)


def without_foreign_loads(html: str) -> str:
    """The page without the tags that make a browser fetch something from another host."""
    for pattern in _LOADED:
        html = pattern.sub("", html)
    return html
