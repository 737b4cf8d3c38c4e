// Numbers and sentences, written as course_lib/widgets/words.py writes them.

const MINUS = "\u2212";

function formatNumber(value, digits = 4) {
  if (Number.isNaN(value)) return "unknown";
  const sign = value < 0 ? MINUS : "";
  if (!Number.isFinite(value)) return `${sign}infinity`;
  if (value === 0) return "0";
  const [mantissa, exponent] = Math.abs(value).toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power > -5 && power < 6) return sign + Number(`${mantissa}e${exponent}`);
  return `${sign}${Number(mantissa)}×10^${power < 0 ? MINUS : ""}${Math.abs(power)}`;
}

function fillTemplate(template, values) {
  const chosen = template.replace(
    /\[(\w+): ([^\]]*)\]/g,
    (_, name, options) => options.split("|")[values[name]],
  );
  return chosen.replace(/\{(\w+)( \w+)?\}/g, (_, name, noun = "") => {
    const value = values[name];
    const text = typeof value === "string" ? value : formatNumber(value);
    return text + noun + (noun && value !== 1 ? "s" : "");
  });
}
