"""One browser tab on the app: what tests do in it, and how they wait for what comes of it.

Nothing waits for a time. What an act asks of Python is seen on the socket, and so is its end;
what a browser does by itself shows in the page.
"""

import time
from contextlib import contextmanager
from typing import ClassVar

from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from regpath.ui.explorer import ASSETS
from tests.conftest import PATIENCE

SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED';
}"""
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u2212", "-0123456789-")


def number(text):
    """What a number as the explorer writes it is worth."""
    factor, _, power = text.translate(RAISED).replace(",", "").partition("×10")
    return float(f"{factor}e{power or 0}")


ALONE = """async (load, [payload, html, css, index, style, view]) => {
    const { Explorer } = await load('app.js');
    const { readModel } = await load('model.js');
    const { loadPlotly } = await load('plotly.js');
    document.body.innerHTML = `<div id="alone" style="${style}"></div>`;
    const host = document.getElementById('alone');
    host.innerHTML = `<style>${css}</style>${html}`;
    const root = host.querySelector('[data-part=root]');
    window.told = [];
    window.explorer = new Explorer(root, await readModel(payload), await loadPlotly(),
        { index, view, report: chosen => window.told.push(chosen) });
    await window.explorer.ready;
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);  // sizes have settled
}"""
BARE = """<!doctype html><meta charset='utf-8'><title>bare</title>
<meta name='viewport' content='width=device-width, initial-scale=1'><style>body{margin:0}</style>"""
VISITED = "try { localStorage.setItem('regpath-first-steps', 'left') } catch {}"
KEPT = "local_storage,indexeddb,cache_storage,service_workers"  # by pages; not what was loaded
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_SIDE = "[data-testid=stSidebarCollapseButton] [aria-expanded=true]"
ASIDE = """side => side.getBoundingClientRect().right <= 0
    && !document.getAnimations().some(each => each.playState === 'running')"""
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def bottom_of(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


class Conversation:
    """Which runs of the script a page asked its server for, and how many of them are over.

    What is asked while a run goes on is no matter of that run: another follows. What a part of
    the page asks by its own clock is nobody's act, and may get no answer: the server drops it
    where a run of the whole page took that part away.
    """

    def __init__(self, page):
        self.asked = 0
        self.files = set()  # that a run was told of
        self._open, self._begun = {}, set()  # which part each of those not over asked for
        page.on("websocket", self._join)

    @property
    def answered(self):
        return self.asked - len(self._open)

    def _join(self, socket):
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame):
        if not isinstance(frame, bytes):
            return
        message = BackMsg.FromString(frame)
        if message.HasField("rerun_script") and not message.rerun_script.is_auto_rerun:
            self.asked += 1
            self._open[self.asked] = message.rerun_script.fragment_id
            for widget in message.rerun_script.widget_states.widgets:
                told = widget.file_uploader_state_value.uploaded_file_info
                self.files |= {each.file_id for each in told}

    def _received(self, frame):
        if not isinstance(frame, bytes):
            return
        message = ForwardMsg.FromString(frame)
        if message.HasField("new_session"):
            parts = message.metadata.run.fragment_ids  # none: the whole page
            self._begun |= {n for n, part in self._open.items() if not parts or part in parts}
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN  # the run that was asked for follows
        if message.HasField("script_finished") and message.script_finished != early:
            for number in self._begun:
                del self._open[number]
            self._begun = set()


class Profile:
    """A browser's memory of what it loaded, for one tab after another; it forgets all else.

    Of a page whose scripts were compiled before, the renderer takes two thirds of the time (CPU,
    Chromium 156), and where much else runs the page is there in a third of it.
    """

    _free: ClassVar[dict[str, list["Profile"]]] = {}

    def __init__(self, browser, first_visit, options):
        self.context = browser.new_context(accept_downloads=True, **options)
        self.context.set_default_timeout(1000 * PATIENCE)
        if not first_visit:
            self.context.add_init_script(VISITED)

    @classmethod
    def free(cls, browser, first_visit, options):
        """One that nobody uses: two tabs at a time are two persons."""
        key = repr((id(browser), first_visit, sorted(options.items())))
        others = cls._free.setdefault(key, [])
        found = others.pop() if others else cls(browser, first_visit, options)
        found.others = others
        return found

    def new_page(self, origin):
        """A page that knows no visit before."""
        page = self.context.new_page()
        session = self.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KEPT})
        session.detach()
        return page

    def release(self):
        for page in self.context.pages:
            page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.others.append(self)


class Tab:
    """One browser tab on the app, with what its console and its requests said."""

    def __init__(
        self,
        browser,
        address,
        *,
        width=1280,
        height=720,
        scheme="light",
        query="",
        path="",
        first_visit=False,
        bare=False,
        **options,
    ):
        window = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
        self._profile = Profile.free(browser, first_visit, window | options)
        self.context = self._profile.context
        self.page = self._profile.new_page(address)
        self.runs = Conversation(self.page)
        self.address, self.complaints, self.outside = address, [], []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)
        if bare:  # a page of the server's origin without the app, for what is mounted alone
            html = {"body": BARE, "content_type": "text/html"}
            self.page.route(f"{address}/bare", lambda route: route.fulfill(**html))
            self.page.goto(f"{address}/bare")
            return
        with self.rerun():
            self.page.goto(f"{address}/{path}?{query}" if query else f"{address}/{path}")

    def close(self):
        """Close it, and all that was opened from it."""
        self._profile.release()

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _watch(self, request):
        local = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(local):
            self.outside.append(request.url)

    def settle(self, known=0):
        """Wait until every run that was asked for is over and shown.

        Parameters
        ----------
        known : int, default=0
            How many runs were asked for before the act; at least one more must be.
        """
        end, quiet = time.monotonic() + PATIENCE, 0
        while quiet < 2:  # an act asks a tick after it, and what came is shown with a frame
            self.page.evaluate(PAINTED)
            over = known < self.runs.asked == self.runs.answered
            quiet = quiet + 1 if over and self.page.evaluate(SETTLED) else 0
            assert time.monotonic() < end, f"{self.runs.asked} runs, {self.runs.answered} are over"

    @contextmanager
    def rerun(self):
        """What is done here makes the script run: wait until it has."""
        known = self.runs.asked
        yield
        self.settle(known)

    def until(self, condition, arg=None):
        """Wait until a function of (root, arg) is true of the explorer, and frames have shown."""
        self.page.wait_for_function(
            f"([root, arg]) => ({condition})(root, arg)",
            arg=[self.part("root").element_handle(), arg],
        )
        self.page.evaluate(PAINTED)

    def soon(self, read, holds):
        """Read again, with each frame, until it holds what is read; return that."""
        end = time.monotonic() + PATIENCE
        while not holds(value := read()):
            assert time.monotonic() < end, value
            self.page.evaluate(PAINTED)
        return value

    def ends_above(self, name, line):
        """Wait until a part of the explorer ends above a line of the window."""
        self.soon(lambda: bottom_of(self.part(name)), lambda bottom: bottom <= line)

    def still(self, locator):
        """Wait until something has come to rest: where it is then."""
        before = None

        def rests(box):
            nonlocal before
            before, last = box, before
            return box is not None and box == last

        return self.soon(locator.bounding_box, rests)

    def open_sidebar(self):
        button = self.page.get_by_test_id("stExpandSidebarButton")
        is_open = self.page.locator(OPEN_SIDE)
        button.or_(is_open).first.wait_for(state="attached")
        if button.count() and button.is_visible():
            button.click()
        is_open.wait_for(state="attached")

    def close_sidebar(self):
        """Close the side, if it is still open: on a phone a choice closes it."""
        side = self.page.get_by_test_id("stSidebar")
        button = self.page.locator(OPEN_SIDE)
        if button.count():
            button.click()
        self.page.wait_for_function(ASIDE, arg=side.element_handle())

    def unfold(self, title):
        """Open a fold whose content Python makes; by keys, which nothing that moves can miss."""
        with self.rerun():
            self.page.locator("summary", has_text=title).press("Enter")

    def pick(self, select, title, **how):
        """Choose from a list; by keys, and anew where something closed the list again."""
        offer = self.page.get_by_role("option", name=title, **how).first

        def taken():
            if not offer.is_visible():
                select.press("ArrowDown")
            return offer.filter(visible=True).evaluate_all("found => found.map(o => o.click())")

        self.settle()
        with self.rerun():
            self.soon(taken, bool)

    def upload(self, path, target=None):
        """Bring a file, and say what is predicted: what is offered first if nothing is named."""
        self.open_sidebar()
        own = self.page.get_by_role("radio", name="Your file", exact=True)
        if not own.is_checked():
            with self.rerun():
                own.press("Space")  # nothing that moves can miss a key
            expect(own).to_be_checked()
        before = len(self.runs.files)  # another run may end while the file is on its way
        self.page.locator("input[type=file]").first.set_input_files(path)
        self.soon(lambda: len(self.runs.files), lambda now: now > before)
        self.settle()
        self.page.get_by_text(path.name).first.wait_for()
        offer = self.page.get_by_role("button", name=f"Predict {target or ''}")
        offer.or_(self.page.locator("[role=alert], .rp-head")).first.wait_for()
        if offer.count():  # a file that is refused asks nothing, nor does a session's own
            with self.rerun():
                offer.first.click()

    def download(self, label, folder):
        # A run gives every button of its part another file to ask for: of work that goes on beside
        # the page one is to come.
        self.page.locator(".st-key-rp-job").wait_for(state="detached")
        self.settle()
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=label).click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def part(self, name):
        """A part of the explorer; Playwright looks into its shadow root."""
        return self.page.locator(f"[data-part={name}]")

    def drawn(self):
        """Wait until the explorer has drawn its curves, with those of folds that came later."""
        self.page.locator("[data-drawn]").first.wait_for()
        self.settle()  # a run says at its end what is still to come
        self.page.locator(".st-key-rp-job").wait_for(state="detached")
        self.settle()
        expect(self.part("root")).to_have_count(1)
        self.page.locator("[data-drawn]:not([aria-busy])").wait_for()
        return self

    @property
    def slider(self):
        return self.page.get_by_role("slider", name="Strength of the penalty")

    def position(self):
        """Where the cursor is: 0 at the strong end; an explorer that is being made has none yet."""
        now = self.soon(lambda: self.slider.get_attribute("aria-valuenow"), bool)
        return int(now) - 1

    def stands_at(self, position):
        """Wait until the cursor is somewhere."""
        expect(self.slider).to_have_attribute("aria-valuenow", str(position + 1))

    @property
    def told(self):
        return self.page.locator(".rp-chosen b")

    def last(self):
        return int(self.slider.get_attribute("aria-valuemax")) - 1

    def tile(self, number=0):
        return self.page.locator(".rp-tile strong").nth(number).inner_text()

    def chosen(self):
        """The strength that Python was told of; while a page changes the old line may still be."""
        (text,) = self.soon(self.told.all_inner_texts, lambda texts: len(texts) == 1)
        return text

    def wait_for_python(self):
        """Wait until Python says the strength that the explorer shows."""
        self.page.evaluate(PAINTED)  # a key shows with the next frame, or the one after
        self.soon(lambda: (self.chosen(), f"λ = {self.tile()}"), lambda both: both[0] == both[1])
        self.settle()

    def lam(self):
        return number(self.tile())

    def inside(self, script, arg=None):
        """Run a function of (root, arg) in the page, where root is the explorer's root."""
        return self.part("root").evaluate(script, arg)

    def js(self, script, arg=None):
        """Run an async function of (load, arg), where load imports one of our modules."""
        base = f"{self.address}/_stcore/bidi-components/regpath.explorer/"
        return self.page.evaluate(
            f"async arg => ({script})(name => import('{base}' + name), arg)", arg
        )

    def mount(self, payload, *, index=5, style="width:900px", view=None):
        """Put an explorer of its own on the page, as `window.explorer`."""
        parts = [
            (ASSETS / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("html", "css")
        ]
        self.js(ALONE, [payload, *parts, index, style, view or {}])

    def until_it_fits(self):
        """Wait until nothing of the page is wider than the window."""
        self.page.wait_for_function(f"() => {OVERFLOW} <= 0")

    def overflow(self):
        return self.page.evaluate(OVERFLOW)
