// How numbers are written.

const MINUS = "\u2212";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SMALL = 1e-3; // from here down, and from LARGE up, as a power of ten
const LARGE = 1e7;

// What stands before decimals, and between thousands.
let signs = [".", ","];

export function writeNumbers(given) {
  signs = given ?? [".", ","];
}

// A number with a point and commas, in the visitor's signs.
export function inSigns(text) {
  return text.replace(/[.,]/g, (sign) => signs[sign === "." ? 0 : 1]);
}

const UNCLEAR = /^[+-]?[1-9]\d{0,2}([.,])\d{3}$/; // 1,000: a thousand here, one elsewhere
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d*|(?:\.\d{3})+,\d*|(?:,\d{3}){2,}|(?:\.\d{3}){2,}|(?:[ ']\d{3})+(?:[.,]\d*)?)$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

// A number with a decimal point or comma, as Python's `read_number` reads it: NaN for what is none,
// and for what could be two.
export function readNumber(text) {
  const said = text.replace(/[\u2212\u2013]/g, "-").replace(/\u2019/g, "'").replace(/\s/g, " ").trim();
  const unclear = UNCLEAR.exec(said);
  if (unclear && (unclear[1] === "," || signs[0] === ",")) return NaN;
  let digits = said;
  if (GROUPED.test(said)) {
    const found = said.match(/[., ']/g), last = found.at(-1);
    const isDecimal = /[.,]/.test(last) && found.filter((sign) => sign === last).length === 1 && new Set(found).size > 1;
    const at = isDecimal ? said.lastIndexOf(last) : said.length;
    digits = `${said.slice(0, at).replace(/[., ']/g, "")}.${said.slice(at + 1)}`;
  } else if (!said.includes(".")) {
    digits = said.replace(",", ".");
  }
  return NUMBER.test(digits) ? Number(digits) : NaN;
}

export function fixed(value, decimals) {
  return inSigns(value.toFixed(decimals));
}

export function short(value, digits = 4) {
  if (Number.isNaN(value)) return "none";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= LARGE || size < SMALL) return scientific(value, digits);
  return plain(value, size >= 10 ** (digits - 1) ? 0 : digits - 1 - Math.floor(Math.log10(size)));
}

// Of 0.5000 and 1.000 the zeros say nothing.
function plain(value, decimals) {
  const [whole, part = ""] = value.toFixed(Math.min(100, decimals)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const kept = part.replace(/0+$/, "");
  const text = kept ? `${grouped}.${kept}` : grouped;
  return /[1-9]/.test(text) ? inSigns(text).replace("-", MINUS) : "0";
}

function scientific(value, digits) {
  const [factor, power] = value.toExponential(digits - 1).split("e");
  return `${plain(Number(factor), digits - 1)}×${tenTo(Number(power))}`;
}

function tenTo(power) {
  return `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => RAISED[digit]).join("")}`;
}

// Round values on one axis, all written alike: as many digits as tell them apart.
export function tickTexts(values) {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (!sizes.length) return values.map(() => "0");
  const gaps = values.slice(1).map((v, n) => Math.abs(v - values[n])).filter((gap) => gap > 0);
  const step = Math.min(...gaps, Math.max(...sizes));
  const largest = Math.floor(Math.log10(Math.max(...sizes)) + 1e-9);
  if (10 ** largest >= SMALL && 10 ** largest < LARGE) return values.map((v) => plain(v, decimalsOf(step)));
  const unit = 10 ** largest;
  return values.map((v) => (v === 0 ? "0" : `${plain(v / unit, decimalsOf(step / unit))}×${tenTo(largest)}`));
}

function decimalsOf(step) {
  let decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  while (decimals < 15 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6 * step * 10 ** decimals) decimals++;
  return decimals;
}

// Values on a logarithmic axis: 0.1 and 10 while all are near one, else powers of ten throughout.
export function decadeTexts(values) {
  if (values.every((v) => v === 0 || (Math.abs(v) >= SMALL && Math.abs(v) < LARGE))) return values.map((v) => short(v));
  return values.map((v) => {
    if (v === 0 || Math.abs(v) === 1 || Math.abs(v) === 10) return short(v);
    const [factor, power] = v.toExponential(3).split("e");
    const times = { "1.000": "", "-1.000": MINUS }[factor];
    return times === undefined ? scientific(v, 4) : times + tenTo(Number(power));
  });
}

export function score(value) {
  if (!Number.isFinite(value)) return short(value);
  return Math.abs(value) >= 100 ? short(value, 4) : fixed(value, 3).replace("-", MINUS);
}

export function tiny(value) {
  return value >= 1e-15 ? scientific(value, 1) : "< 10⁻¹⁵";
}

export function whole(value) {
  return inSigns(value.toLocaleString("en-US"));
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
  const step = [1, 2, 5, 10].find((each) => each * power >= raw * (1 - 1e-9)) * power;
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * span; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}
