// Charts and tables. A chart is drawn as bars and told as a table with the same numbers.
import { el, fresh, svg } from "./dom.js";
import { richText } from "./rich.js";
import { notDrawn } from "./elements.js";
import { plain } from "./mrkdwn.js";
import { language, t } from "./words.js";

/** A chart's numbers as rows: [label, value…], whatever its kind. */
function rows(chart) {
  if (chart.segments) return chart.segments.map((one) => [one.label, one.value]);
  const labels = chart.axis_config?.categories ?? chart.series[0].data.map((one) => one.label);
  const value = (series, label) => series.data.find((one) => one.label === label)?.value ?? 0;
  return labels.map((label) => [label, ...chart.series.map((series) => value(series, label))]);
}

const number = (value) => new Intl.NumberFormat(language()).format(value);

/** A data_visualization block. */
export function chart(scene, block) {
  const [found, id] = [rows(block.chart), fresh("chart")];
  const most = Math.max(1, ...found.flatMap((row) => row.slice(1)));
  const series = (block.chart.series ?? []).map((one) => one.name);
  return el(
    "figure",
    { class: "chart", aria: { labelledby: id } },
    el("figcaption", { id }, plain(block.title)),
    el("div", { class: "bars", aria: { hidden: "true" } }, found.map((row) => bars(row, most))),
    el("details", {}, el("summary", {}, t("numbers")), numbers(found, series)),
  );
}

function bars([label, ...values], most) {
  const drawn = values.map((value, index) =>
    svg("rect", { x: 0, y: index * 12, width: Math.max(0.5, (100 * value) / most), height: 10, rx: 1, class: `series-${index % 6}` }),
  );
  const box = { viewBox: `0 0 100 ${values.length * 12}`, preserveAspectRatio: "none", class: "bar", height: values.length * 14 };
  return el("div", { class: "bar-row" }, el("span", {}, label), svg("svg", box, ...drawn), el("b", {}, values.map(number).join(" · ")));
}

function numbers(found, series) {
  const head = series.length > 1 ? [el("tr", {}, el("td"), series.map((name) => el("th", { scope: "col" }, name)))] : [];
  const body = found.map(([label, ...values]) =>
    el("tr", {}, el("th", { scope: "row" }, label), values.map((value) => el("td", {}, number(value)))),
  );
  return el("table", {}, el("tbody", {}, head, body));
}

/** A table block; its first row names the columns. */
export function table(scene, block) {
  const cell = (tag) => (one) => el(tag, tag === "th" ? { scope: "col" } : {}, content(scene, one));
  const [head, ...body] = block.rows;
  return el(
    "div",
    { class: "scroll", tabIndex: 0, role: "region", aria: { label: t("table") } },
    el("table", {}, el("thead", {}, el("tr", {}, head.map(cell("th")))), el("tbody", {}, body.map((row) => el("tr", {}, row.map(cell("td")))))),
  );
}

function content(scene, cell) {
  if (cell.type === "rich_text") return richText(scene, cell);
  return cell.type === "raw_text" ? cell.text : notDrawn(cell.type);
}
