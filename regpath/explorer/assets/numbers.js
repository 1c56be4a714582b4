// How numbers are written.

const MINUS = "\u2212";

export function short(value, digits = 4) {
  if (Number.isNaN(value)) return "none";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  let text;
  if (size >= 1e5 || size < 1e-3) text = value.toExponential(digits - 1).replace("e+", "e");
  else text = size >= 10 ** (digits - 1) ? value.toFixed(0) : value.toPrecision(digits);
  // 0.5000 says no more than 0.5, 1.000e-7 no more than 1e-7.
  if (text.includes(".")) text = text.replace(/\.?0+(e|$)/, "$1");
  return text.replace(/-/g, MINUS);
}

export function score(value) {
  if (!Number.isFinite(value)) return short(value);
  return Math.abs(value) >= 100 ? short(value, 4) : value.toFixed(3).replace("-", MINUS);
}

export function tiny(value) {
  return value >= 1e-15 ? value.toExponential(0).replace("-", MINUS) : `< 1e${MINUS}15`;
}

export function whole(value) {
  return value.toLocaleString("en-US");
}

export function plural(count, noun) {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}

// About `count` round values between low and high.
export function roundTicks(low, high, count) {
  const span = high - low;
  if (!(span > 0)) return [low];
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((each) => each * power >= raw) * power;
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * span; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}
