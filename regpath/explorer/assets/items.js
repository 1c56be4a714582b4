// What is drawn as one thing: a feature, or a column whose levels are folded together.

import { commonStart } from "./names.js";

export const TOP = 10; // in colour and with a name; no more can be told apart
export const MOST_PINS = 5;
export const DASHES = { solid: "none", dash: "7 4", dot: "2 3" }; // as Plotly draws them

export class Items {
  // `open` are columns whose levels stand alone, `pins` are item ids; `last` is the weakest strength
  // that counts for who is named.
  constructor(model, view, last) {
    const { open, pins } = view;
    const sizes = model.prominence(model.shown(view), view.units, last);
    const list = [];
    model.columnMembers.forEach((members, c) => {
      if (members.length > 1 && !open.includes(c)) {
        list.push({ id: `c${c}`, column: c, members, label: model.columns[c], folded: true });
        return;
      }
      for (const j of members) {
        list.push({ id: `f${j}`, column: c, members: [j], label: model.names[j], folded: false });
      }
    });
    this.start = commonStart(list.map(({ label }) => label));
    for (const item of list) {
      item.short = item.label.slice(this.start.length);
      item.lead = item.members.reduce((a, b) => (sizes[b] > sizes[a] ? b : a));
      item.size = sizes[item.lead];
    }
    this.all = list.filter((item) => item.size > 0).sort((a, b) => b.size - a.size);
    this.all.forEach((item, rank) => (item.rank = rank));
    this.byId = new Map(list.map((item) => [item.id, item]));
    this.ofFeature = new Map(list.flatMap((item) => item.members.map((j) => [j, item])));
    this.pinned = pins.map((id) => this.byId.get(id)).filter((item) => item && item.size > 0);
    const extra = this.pinned.filter((item) => item.rank >= TOP);
    this.named = [...this.all.slice(0, TOP), ...extra];
    this.rest = this.all.filter((item) => item.rank >= TOP && !extra.includes(item));
  }

  isPinned(item) {
    return this.pinned.includes(item);
  }

  // The items whose name holds the words, most prominent first.
  find(words) {
    const wanted = words.trim().toLocaleLowerCase();
    if (!wanted) return [];
    return this.all.filter((item) => item.label.toLocaleLowerCase().includes(wanted));
  }
}

export function styleOf(item, looks, look) {
  const count = look.lines.length;
  const dashes = looks.dashes;
  return {
    color: look.lines[item.rank % count],
    dash: dashes[Math.floor(item.rank / count) % dashes.length],
  };
}
