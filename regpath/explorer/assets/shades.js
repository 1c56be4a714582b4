// Colours between two others, as `#rrggbb`.

export function mix([from, to], share) {
  const channel = (at) => {
    const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a + share * (b - a));
  };
  return `rgb(${channel(1)} ${channel(3)} ${channel(5)})`;
}

const FAINTEST = 0.14; // of what is not zero: it must not look like zero
const DEEPEST = 0.8; // so that numbers in ink can be read on all of them
const STEPS = 64; // of each side: what a screen tells apart

// What speaks against in one colour, what speaks for in another, zero as the paper: from -1 to 1.
export function diverging(look) {
  const side = (colour) => Array.from({ length: STEPS + 1 }, (_, n) => mix([look.paper, colour], FAINTEST + ((DEEPEST - FAINTEST) * n) / STEPS));
  const [against, speaks] = [side(look.negative), side(look.positive)];
  return (share) => {
    if (!share) return look.paper;
    const step = Math.round(STEPS * Math.min(1, Math.abs(share)));
    return (share < 0 ? against : speaks)[step];
  };
}
