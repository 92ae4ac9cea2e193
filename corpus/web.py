"""A report as a page of a government's site: navigation, headings as bold paragraphs, tables."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from html import escape

from corpus.source import Contents, Grid, Page, Para, Report

_BEFORE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}</title>
<style>td {{ border: 1px solid }}</style><script>var visits = 1024;</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li>
<li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a></div>
<table class="layout"><tr><td>
<h1>{title}</h1>
<div class="info">发布时间：2024-02-08 &nbsp; 浏览次数：<span id="hits">318</span></div>
<div class="content">
"""
_AFTER = """</div>
</td></tr></table>
<div class="footer"><p>主办单位：本级人民政府办公室 &nbsp; 网站标识码：0000000000</p>
<p><a href="/map">网站地图</a> <a href="/about">关于我们</a></p></div>
</body></html>
"""


def render(report: Report, charset: str = "utf-8") -> bytes:
    """The page; ``charset`` is declared and used."""
    titles = [b.printed for b in report.blocks if isinstance(b, Para) and b.style == "title"]
    title = "".join(titles)
    before = _BEFORE.format(charset=charset, title=escape(title))
    text = before + "".join(_lines(report)) + _AFTER
    return text.encode(charset, "xmlcharrefreplace")


def archive(report: Report) -> bytes:
    """The page as a browser saves it with all that belongs to it (.mht)."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "<Saved by a browser>"
    message["Subject"] = "page"
    message["MIME-Version"] = "1.0"
    message.set_content(
        render(report, "gb18030").decode("gb18030"),
        subtype="html",
        charset="utf-8",
        cte="quoted-printable",
    )
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo>")
    message.set_boundary("----boundary-of-the-page----")
    return message.as_bytes()


def _lines(report: Report) -> Iterator[str]:
    for block in report.blocks:
        if isinstance(block, Para) and block.printed:
            text = escape(block.printed)
            if block.style == "title":
                yield f'<p style="text-align:center"><strong>{text}</strong></p>\n'
            elif block.level:
                yield f"<p><strong>{text}</strong></p>\n"
            elif block.style == "right":
                yield f'<p style="text-align:right">{text}</p>\n'
            else:
                yield f'<p style="text-indent:2em">{text}</p>\n'
        elif isinstance(block, Grid):
            yield from _table(block)
        elif isinstance(block, Contents | Page):
            continue


def _table(grid: Grid) -> Iterator[str]:
    yield '<table border="1" cellspacing="0"><tbody>\n'
    for row in range(grid.rows):
        yield "<tr>"
        for cell in (cell for cell in grid.cells if cell.row == row):
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            inside = "".join(f"<p>{escape(line)}</p>" for line in cell.text.split("\n") if line)
            yield f"<td{spans}>{inside}</td>"
        yield "</tr>\n"
    yield "</tbody></table>\n"
