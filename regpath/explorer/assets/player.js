// Play from strong to weak; at each event it waits long enough to read the caption.

const ICONS = { play: "M4 2.5v11l9-5.5z", pause: "M4 3h3v10H4zM9 3h3v10H9z" };
const STEP = 90; // ms per strength
const READ = 1300; // ms at an event
export const SPEEDS = [0.5, 1, 2];

export class Player {
  // `speed()` is how many times as fast as usual it goes.
  constructor({ button, cursor, hasEvent, told, speed }) {
    Object.assign(this, { button, cursor, hasEvent, told, speed });
    this.timer = 0;
    this.paused = null; // where it goes on; from anywhere else it begins at the strong end
  }

  get playing() {
    return this.timer !== 0;
  }

  toggle() {
    if (this.playing) {
      this.paused = this.cursor.next;
      this.stop();
      return;
    }
    if (this.cursor.next !== this.paused || this.paused >= this.cursor.count - 1) this.cursor.move(0, "");
    this.#show(true);
    this.#wait(STEP);
  }

  stop() {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.#show(false);
    this.cursor.move(this.cursor.next, "now");
  }

  #wait(time) {
    this.timer = setTimeout(() => this.#step(), time / this.speed());
  }

  #step() {
    const next = this.cursor.next + 1;
    if (next >= this.cursor.count) {
      this.stop();
      return;
    }
    this.cursor.move(next, "");
    const event = this.hasEvent(next);
    if (event) this.told(next);
    this.#wait(event ? READ : STEP);
  }

  #show(playing) {
    this.button.querySelector("path").setAttribute("d", playing ? ICONS.pause : ICONS.play);
    this.button.setAttribute("aria-label", playing ? "Pause" : "Play from strong to weak");
    this.button.title = playing ? "Pause (space)" : "Play from strong to weak (space)";
  }
}
