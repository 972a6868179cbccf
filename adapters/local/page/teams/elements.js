// Two elements that the official renderer does not have: Teams' own bar chart, and a picture that lives elsewhere.
import { chart } from "../chart.js";
import { picture } from "../links.js";

const { CardElement, GlobalRegistry } = window.AdaptiveCards;

class HorizontalBar extends CardElement {
  static JsonTypeName = "Chart.HorizontalBar";

  getJsonTypeName() {
    return HorizontalBar.JsonTypeName;
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.source = source;
  }

  internalRender() {
    const { title, data } = this.source;
    const points = data.map(({ x, y }) => ({ label: x, value: y }));
    return chart(null, { title, chart: { type: "bar", series: [{ name: title, data: points }] } });
  }
}

class Elsewhere extends CardElement {
  static JsonTypeName = "Local.Elsewhere";

  getJsonTypeName() {
    return Elsewhere.JsonTypeName;
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.source = source;
  }

  internalRender() {
    return picture(this.source.url, this.source.altText ?? "");
  }
}

GlobalRegistry.elements.register(HorizontalBar.JsonTypeName, HorizontalBar);
GlobalRegistry.elements.register(Elsewhere.JsonTypeName, Elsewhere);
