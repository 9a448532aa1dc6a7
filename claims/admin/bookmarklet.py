"""A bookmark that takes a page from the browser to the desk: its address, its title and the words selected there."""

from urllib.parse import quote

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

LONGEST = 4_000  # characters of an address that servers take as a request's first line
SCRIPT = """(function(){
function cut(text,most){return Array.from(String(text)).slice(0,most).join('')}
function part(name,text){try{return '&'+name+'='+encodeURIComponent(text)}catch(e){return ''}}
var to='%(to)s?'+part('address',location.href).slice(1)+part('title',cut(document.title,100));
for(var most=300;most>0;most-=20){
var all=to+part('selection',cut(getSelection(),most));
if(all.length<%(most)d)break}
window.open(all.length<%(most)d?all:to)
})()"""


def script(to: str) -> str:
    """The bookmark's address: a script that opens ``to`` with what it knows of the page it is called on."""
    written = SCRIPT % {"to": quote(to, safe=":/[]"), "most": LONGEST}
    return "javascript:" + quote(written.replace("\n", ""), safe="(){}[]'=;,.:/?&<+-*!")


def bookmarklet(desk: ModelAdmin, request: HttpRequest) -> TemplateResponse:
    """The page from which it is dragged."""
    to = request.build_absolute_uri(reverse("admin:claims_source_capture_new"))
    context = {
        **desk.admin_site.each_context(request),
        "title": "A bookmark for capturing",
        "opts": desk.opts,
        "script": script(to),
        "to": to,
    }
    return TemplateResponse(request, "admin/bookmarklet.html", context)
