"""The MkDocs (and ProperDocs) plugin: a thin adapter. MkDocs makes the ordinary pages, :mod:`gongkai.assemble` the rest."""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from pymdownx.slugs import slugify

from gongkai import clock, collector, placing
from gongkai.assemble import assemble
from gongkai.dataset import Dataset
from gongkai.gather import Gathered, gather
from gongkai.model import Severity
from gongkai.outcome import LastOutcome
from gongkai.printing import print_findings
from gongkai.reading.front_matter import is_draft_page
from gongkai.reading.source import os_reason
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.columns import column_links
from gongkai.render.installable import write_installable
from gongkai.render.keys import Keys
from gongkai.render.markdown import wrap_tables
from gongkai.render.overview import overview
from gongkai.render.page import OrdinaryPage, Renderer
from gongkai.render.shell import CONTENT, HEAD, TITLE, Shell, ShellError
from gongkai.render.urls import rebase, relative
from gongkai.resources import theme_dir
from gongkai.search.packing import SearchError
from gongkai.staging import Staging
from gongkai.templates import CompiledTemplates, listing_shown_files

log = logging.getLogger("mkdocs.plugins.gongkai")

# One virtual page for each kind of generated page, as deep in the site as those are.
SHELLS = {f"gk-shell/{kind}.md": kind for kind in ("item", "list", "search")}
_ITEM_LINK = re.compile(r"(\]\(|\]:\s*)(?P<path>[^\s)#]+\.md)(?P<tail>#[^\s)]*)?")
# Of Material's files, its scripts (search dialog, drawer) and source maps are used by no page; its template of a
# sitemap would be copied as it is, now that the sitemap is ours.
_UNUSED = re.compile(r"assets/(javascripts/|stylesheets/palette|.*\.map$)|sitemap\.xml$|gongkai/offline/")
_JUNK = re.compile(r"(?:^|/)(?:~\$[^/]*|[^/]*~|[^/]*\.(?:bak|tmp|swp|orig)|thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_SCHEME = "gkitem:"
PREVIEW = "preview.json"
"""Under ``serve``: the errors, which ``theme/partials/preview.html`` shows."""
LAST = -100


class GongkaiConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """The plugin's options. Their meaning and form stand in catalogue/schema/profile.schema.json, which checks them."""

    township = Optional(Type(dict))
    items_dir = Optional(Type(str))
    catalogue_dir = Optional(Type(str))
    page_size = Optional(Type(int))
    search = Optional(Type(bool))
    search_engine = Optional(Type(str))
    rules = Optional(Type(dict))
    columns = Optional(Type(dict))
    offline_copy = Optional(Type(bool))
    installable = Optional(Type(bool))
    kiosk_idle_seconds = Optional(Type(int))


class GongkaiPlugin(BasePlugin[GongkaiConfig]):  # type: ignore[no-untyped-call]  # same
    """gather -> refuse or go on -> render -> index -> package -> put in place."""

    gathered: Gathered
    dataset: Dataset
    staging: Staging | None = None
    serving = False

    def on_startup(self, command: str, dirty: bool) -> None:
        """What runs: a preview (``serve``) is nothing to install."""
        self.serving = command == "serve"
        if command == "build":
            collector.stop()

    def on_config(self, config: Any) -> Any:
        """Read and check everything. With errors the build stops here, before MkDocs touches the site.

        A preview goes on without the items that have errors, and shows the errors on its pages.
        """
        self.site_dir = Path(config.site_dir)
        with contextlib.suppress(placing.PlacingError, OSError):  # said below, if it is still so then
            placing.recover(self.site_dir)
        gathered = self._gather(Path(config.config_file_path))
        print_findings(gathered)
        if gathered.dataset is None or (gathered.errors and not self.serving):
            raise PluginError(f"发现 {gathered.errors} 处错误，网站没有改动。请按上面的提示改正后重试。")
        self.gathered, self.dataset = gathered, gathered.dataset.without(gathered.with_errors)
        self.shells: dict[str, Shell] = {}
        self.ordinary: list[OrdinaryPage] = []
        self._prepare(config)
        settings = gathered.dataset.settings
        try:
            kept = (settings.root, settings.docs_dir, settings.catalogue_dir)
            folder = placing.staging_for(self.site_dir, kept)
        except placing.PlacingError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(f"不能写入“{self.site_dir.parent}”：{os_reason(error)}。网站没有改动。") from error
        self.staging = Staging(folder, self.site_dir, settings.root)
        config.site_dir = str(folder)
        return config

    def _gather(self, config_file: Path) -> Gathered:
        """Everything read; what nothing has happened to since the last check is not judged again."""
        last = LastOutcome(config_file)
        gathered = gather(config_file, known=last.outcome.findings if last.outcome else None)
        if last.outcome is None:
            last.keep(gathered)
        return gathered

    def _prepare(self, config: Any) -> None:
        """Settings of MkDocs that the site stands on."""
        config.use_directory_urls = False  # explicit .html links: the site must open from a folder (file://)
        if str(theme_dir()) not in config.theme.dirs:
            own = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(own, str(theme_dir()))
        config.theme.static_templates.discard("sitemap.xml")
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
        self.theme_dirs = (config.theme.custom_dir,) if config.theme.custom_dir else ()
        environment = config.theme.get_env
        config.theme.get_env = lambda: listing_shown_files(environment())
        root = self.dataset.settings.root
        hooks = (root / name for name in config.get("hooks") or ())
        self.compiled = CompiledTemplates(root, (Path(config.config_file_path), *hooks))

    def on_files(self, files: Any, config: Any) -> Any:
        """Items and what lies among them are not MkDocs' business; the shells are."""
        prefix = self.dataset.settings.items_dir.relative_to(self.dataset.settings.docs_dir).as_posix() + "/"
        unwanted = self.dataset.kept_back_files
        for file in list(files):
            if file.src_uri.startswith(prefix) or file.src_uri in unwanted or self._stays_home(file, config):
                files.remove(file)
        make = _file_class(config)
        for src_uri in SHELLS:
            files.append(make.generated(config, src_uri, content=f"---\ntitle: {TITLE}\n---\n"))
        if files.get_file_from_path("index.md") is None:
            files.append(make.generated(config, "index.md", content="---\ntemplate: home.html\ntitle: 首页\n---\n"))
        return files

    def _stays_home(self, file: Any, config: Any) -> bool:
        """Leftovers of editors, links out of the site's folder, drafts of ordinary pages, scripts that no page uses."""
        if _UNUSED.match(file.src_uri) or _JUNK.search(file.src_uri):
            return True
        docs, path = Path(config.docs_dir).resolve(), file.abs_src_path and Path(file.abs_src_path)
        if not path or docs not in Path(path).absolute().parents:
            return False
        return docs not in path.resolve().parents or (file.src_uri.endswith(".md") and is_draft_page(path))

    def on_page_markdown(self, markdown: str, page: Any, config: Any, files: Any) -> str:
        """Links from ordinary pages to items' files, which MkDocs does not know."""
        folder = PurePosixPath(page.file.src_uri).parent

        def replace(match: re.Match[str]) -> str:
            path = _normal(folder / match["path"])
            item = self.dataset.links.items.get(path.as_posix())
            if item is None or item.file not in self.dataset.links.published:
                return match[0]
            return f"{match[1]}{_SCHEME}{item.url}{match['tail'] or ''}"

        return _ITEM_LINK.sub(replace, markdown)

    def on_page_content(self, html: str, page: Any, config: Any, files: Any) -> str:
        """Shells hold nothing but the mark; ordinary pages get readable tables and true links to items."""
        if page.file.src_uri in SHELLS:
            return CONTENT
        links = re.compile(f'href="{_SCHEME}([^"]+)"')
        html = links.sub(lambda m: f'href="{relative(page.file.dest_uri, m[1])}"', html)
        html = wrap_tables(html)
        self.ordinary.append(OrdinaryPage(page.file.dest_uri, str(page.title), html))
        return html

    def on_env(self, env: Any, config: Any, files: Any) -> Any:
        """What the theme's templates read."""
        env.globals["gk"] = overview(self.dataset)
        env.globals["gk_installable"] = self.dataset.settings.installable and not self.serving
        env.globals["gk_preview"] = self.serving
        env.filters["rebase"] = rebase
        env.bytecode_cache = env.bytecode_cache or self.compiled
        site = self.dataset.settings.site_url
        env.globals["gk_root"] = "/" + site.split("://", 1)[-1].partition("/")[2] if site else "/"
        return env

    def on_page_context(self, context: Any, page: Any, config: Any, nav: Any) -> Any:
        """Meta tags (R3.2): ordinary pages are columns of the site, shells hold the mark for them."""
        if page.file.src_uri in SHELLS:
            page.canonical_url = None
            context["gk_head"] = Markup(HEAD)  # noqa: S704 - a constant
            return context
        column = next((c for c in column_links(self.dataset) if c.href == page.file.dest_uri), None)
        types = {"guide": meta_tags.GUIDE, "request": meta_tags.REQUEST, "annual": meta_tags.ANNUAL}
        home = page.file.dest_uri == urls.HOME
        kind = meta_tags.HOME if home else types.get(column.key if column else "", meta_tags.CATALOGUE)
        name = self.dataset.settings.site_name if home else str(page.title)
        tags = (meta_tags.site_tags(self.dataset.settings), meta_tags.column_tags(name, kind))
        context["gk_head"] = Markup("\n".join(tags))  # noqa: S704 - escaped where it was made
        return context

    def on_post_page(self, output: str, page: Any, config: Any) -> str:
        """Keep the shells."""
        kind = SHELLS.get(page.file.src_uri)
        if kind is not None:
            try:
                self.shells[kind] = Shell.cut(output)
            except ShellError as error:
                raise PluginError(str(error)) from error
        return output

    def on_serve(self, server: Any, config: Any, builder: Any) -> Any:
        """Rebuild when the township's catalogue changes, too."""
        server.watch(str(self.dataset.settings.catalogue_dir))
        return server

    @event_priority(LAST)
    def on_post_build(self, config: Any) -> None:
        """Everything that MkDocs does not make; then the new site takes the place of the old one."""
        assert self.staging is not None
        for src_uri in SHELLS:
            (self.staging.folder / src_uri).with_suffix(".html").unlink(missing_ok=True)
        (self.staging.folder / "gk-shell").rmdir()
        renderer = Renderer(self.dataset, self.theme_dirs, self.compiled)
        keys = Keys(self.dataset, self.gathered.digests, self.gathered.context, self.shells, self.theme_dirs)
        try:
            assemble(renderer, keys, self.ordinary, self.staging)
            self.staging.adopt()
            if self.serving:
                errors = [f.as_dict() for f in self.gathered.findings if f.severity is Severity.ERROR]
                self.staging.put(PREVIEW, json.dumps(errors).encode())
            else:
                write_installable(self.dataset.settings, self.staging)
            self.staging.check()
        except SearchError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(f"写文件时出错：{os_reason(error)}。网站没有改动，请检查磁盘空间和权限。") from error
        try:
            placing.put_in_place(self.staging.folder, self.site_dir, self.staging.kept, self.staging.record)
        except placing.PlacingError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            reason = os_reason(error)
            raise PluginError(f"更新网站时出错：{reason}。请检查磁盘空间和权限，再生成一次，会接着更新。") from error
        self.staging = None
        self.compiled.save()
        config.site_dir = str(self.site_dir)
        if not self.serving:
            self._copy_offline()

    def _copy_offline(self) -> None:
        """The offline copy, where the settings ask for one with every build."""
        settings = self.dataset.settings
        if not settings.offline_copy:
            return
        from gongkai.offline import FOLDER, SWITCH, Copy, OfflineError, make_copy  # noqa: PLC0415 - seldom needed

        if os.environ.get(SWITCH) != "0":
            try:
                made = make_copy(self.site_dir, settings.root / FOLDER, Copy.of(settings, clock.today()))
            except OfflineError as error:
                raise PluginError(str(error)) from error
            log.info("离线副本：%s", made.archive)

    def on_build_error(self, error: Exception, **_: Any) -> None:
        """The last good site stays as it was."""
        if self.staging is not None:
            placing.drop(self.staging.folder, self.site_dir)
            self.staging = None


def _normal(path: PurePosixPath) -> PurePosixPath:
    """``a/../b`` as ``b``."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def _file_class(config: Any) -> Any:
    """The File class of the tool that runs the build: MkDocs' own, or ProperDocs'."""
    package = type(config).__module__.partition(".")[0]
    return importlib.import_module(f"{package}.structure.files").File
