package dev.penstock.pipelines.report;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.FieldProfile;
import dev.penstock.transforms.ledger.RunSummary;
import java.util.List;
import java.util.stream.Collectors;

/** How complete each field is, and how its values are distributed. */
final class FieldSection {
  private final Html html;
  private final RunSummary summary;
  private final DataContract contract;

  FieldSection(Html html, RunSummary summary, DataContract contract) {
    this.html = html;
    this.summary = summary;
    this.contract = contract;
  }

  void write() {
    html.open("section", "id", "fields").leaf("h2", "Fields");
    if (summary.fields().isEmpty()) {
      html.leaf("p", "No accepted row was looked at.", "class", "note").end();
      return;
    }
    html.leaf(
        "p",
        "How many of the records read have a value in each field. Those rejected because of"
            + " another field are left blank.",
        "class",
        "note");
    Legend.open(html)
        .entry("written", "has a value")
        .entry("absent", "has none")
        .entry("dead", "rejected because of this field")
        .close();
    completeness();
    html.end();
    distributions();
  }

  private void completeness() {
    Table table =
        Table.open(html, "Completeness of each field")
            .head("field", "name")
            .head("", "chart")
            .head("complete", "number")
            .head("without value", "number")
            .head("rejected", "number");
    for (FieldProfile field : summary.fields()) {
      long rejected = summary.rejectedPerField().getOrDefault(field.name(), 0L);
      long accepted = field.present() + field.missing();
      long all = Math.max(summary.ledger().total().read(), accepted + rejected);
      String share = Figures.percent(field.present(), accepted);
      table
          .row()
          .name(field.name(), remark(field))
          .chart(
              () ->
                  new Bar(all)
                      .part("written", "has a value", field.present())
                      .part("absent", "has none", field.missing())
                      .part("dead", "rejected because of this field", rejected)
                      .draw(html, field.name() + ": complete in " + share + " of accepted rows"))
          .word(share, "")
          .number(field.missing())
          .number(rejected);
    }
    table.close();
  }

  private String remark(FieldProfile field) {
    boolean required =
        contract.field(field.name()).map(ContractField::required).orElse(Boolean.FALSE);
    return field.type() + (required ? ", required" : "");
  }

  private void distributions() {
    List<FieldProfile> shown =
        summary.fields().stream().filter(field -> field.distribution().isPresent()).toList();
    List<String> masked =
        summary.fields().stream().filter(FieldProfile::masked).map(FieldProfile::name).toList();
    html.open("section", "id", "values").leaf("h2", "Values");
    if (!shown.isEmpty()) {
      html.leaf("p", basis(shown), "class", "note");
    }
    if (!masked.isEmpty()) {
      html.leaf(
          "p",
          "Nothing is shown of the values of "
              + String.join(", ", masked)
              + ": the contract classifies them as restricted or confidential.",
          "class",
          "note");
    }
    html.open("div", "class", "cards");
    for (FieldProfile field : shown) {
      String description = contract.field(field.name()).map(ContractField::description).orElse("");
      field
          .distribution()
          .ifPresent(values -> new DistributionCard(html, field, values, description).write());
    }
    html.end().end();
  }

  private static String basis(List<FieldProfile> fields) {
    boolean complete =
        fields.stream().allMatch(f -> f.distribution().map(d -> d.complete()).orElse(true));
    long most =
        fields.stream()
            .collect(
                Collectors.summarizingLong(f -> f.distribution().map(d -> d.values()).orElse(0L)))
            .getMax();
    return complete
        ? "Of all accepted rows."
        : "From a uniform sample of " + Figures.count(most) + " accepted rows.";
  }
}
