// A spreadsheet takes what begins with one of these for a formula, after quotes and in full width, too.
const FORMULA = /^["']*[=+\-@\t\r＝＋－＠]/;

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const inert = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Comma-separated lines (RFC 4180) that no spreadsheet takes for formulas; numbers stay numbers. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
