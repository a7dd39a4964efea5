// What a comparison has to say, as text.

/** A case that could stand in tests/cases/, and what the package says instead. */
export function differenceText({ asCase, expect, got }) {
  const text = (value) => JSON.stringify(value, null, 2);
  return [
    "the model and the package differ; as a case, with what the model expects:",
    text(asCase),
    "what the package gives, in the model's shape:",
    text(got),
    `they differ at ${places(expect, got).join(", ")}`,
  ].join("\n");
}

/** Where two results differ, as paths. */
function places(one, other, path = "result") {
  const isObject = (value) => typeof value === "object" && value !== null;
  if (!isObject(one) || !isObject(other)) return Object.is(one, other) ? [] : [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => places(one[key], other[key], `${path}.${key}`));
}

export function reportText({ name, cases, results, seconds }) {
  return `${name}: ${cases} cases, ${results} results compared in ${seconds.toFixed(1)} s`;
}

export function coverageText(counted) {
  return counted.map(([what, times]) => `${String(times).padStart(9)}  ${what}`).join("\n");
}
