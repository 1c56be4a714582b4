// What this tab remembers until it is closed. Some browsers keep nothing: frames on pages of other
// sites, and where a person said so. There it is remembered as long as the page stays.

const beside = new Map();

export function recall(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return beside.get(name) ?? null;
  }
}

export function keep(name, text) {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    beside.set(name, text);
  }
}

export function forget(name) {
  try {
    sessionStorage.removeItem(name);
  } catch {
    beside.delete(name);
  }
}
