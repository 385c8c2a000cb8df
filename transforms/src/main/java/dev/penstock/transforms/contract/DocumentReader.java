package dev.penstock.transforms.contract;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a document of the standard: its head, and the schema object that is asked for. */
final class DocumentReader {
  private static final List<String> VERSIONS = List.of("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0");

  private final Problems problems;

  DocumentReader(String sourceName) {
    problems = new Problems(sourceName);
  }

  DataContract read(String text, Optional<String> objectName) {
    Optional<Node> root = YamlText.compose(text, problems);
    Optional<DataContract> contract =
        root.flatMap(node -> read(Place.root(problems, node), objectName));
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return contract.orElseThrow();
  }

  private Optional<DataContract> read(Place document, Optional<String> objectName) {
    if (!document.isMapping()) {
      document.problem(
          "this is not a data contract",
          "start from 'apiVersion: v3.1.0' and 'kind: DataContract'");
      return Optional.empty();
    }
    document.allowKeys("a data contract", Keys.DOCUMENT);
    String apiVersion = readApiVersion(document);
    readKind(document);
    String id = needed(document, "id", "the contract's identifier");
    String version = needed(document, "version", "the contract's version, such as 1.0.0");
    return choose(document, objectName)
        .map(
            object ->
                readObject(
                    object,
                    objectName,
                    apiVersion,
                    new Head(id, version, Annotations.tags(document, object))));
  }

  private static String readApiVersion(Place document) {
    String apiVersion = needed(document, "apiVersion", "the version of the standard, v3.1.0");
    if (!apiVersion.isEmpty() && !VERSIONS.contains(apiVersion)) {
      document.problem(
          "apiVersion",
          "version " + Place.quote(apiVersion) + " of the standard is not supported",
          VERSIONS.contains("v" + apiVersion)
              ? "write v" + apiVersion
              : "use one of " + String.join(", ", VERSIONS));
    }
    return apiVersion;
  }

  private static void readKind(Place document) {
    String kind = needed(document, "kind", "'kind: DataContract'");
    if (!kind.isEmpty() && !kind.equals("DataContract")) {
      document.problem(
          "kind",
          "a document of the kind " + Place.quote(kind) + " is no contract",
          "use DataContract");
    }
  }

  private static String needed(Place place, String key, String meaning) {
    boolean absent = !place.has(key);
    String text = place.text(key).orElse("");
    if (absent || (text.isBlank() && place.at(key).filter(Place::isScalar).isPresent())) {
      place.problem(key, "the key '" + key + "' is missing or empty", "add " + meaning);
    }
    return text;
  }

  private static Optional<Place> choose(Place document, Optional<String> objectName) {
    if (!document.has("schema")) {
      document.problem("the key 'schema' is missing", "describe the table under 'schema:'");
      return Optional.empty();
    }
    if (document.at("schema").filter(Place::isSequence).isEmpty()) {
      document.problem("schema", "this must be a list", "write each table after a dash");
      return Optional.empty();
    }
    List<Place> objects =
        document.list("schema").stream().filter(DocumentReader::isObject).toList();
    List<String> names = objects.stream().flatMap(object -> object.text("name").stream()).toList();
    List<Place> chosen =
        objects.stream()
            .filter(object -> objectName.isEmpty() || isCalled(object, objectName))
            .toList();
    if (chosen.isEmpty() && objects.size() == 1 && isNameless(objects.get(0))) {
      return Optional.of(objects.get(0));
    }
    if (chosen.size() == 1) {
      return Optional.of(chosen.get(0));
    }
    String known = String.join(", ", names);
    if (objects.isEmpty()) {
      document.problem("schema", "there is no schema object", "describe the table there");
    } else if (objectName.isEmpty()) {
      document.problem(
          "schema", "the contract describes several tables", "name one of them: " + known);
    } else if (chosen.isEmpty()) {
      document.problem(
          "schema",
          "there is no schema object '" + objectName.get() + "'",
          "name one of these: " + known);
    } else {
      document.problem(
          "schema",
          "several schema objects have the name '" + objectName.get() + "'",
          "rename all but one of them");
    }
    return Optional.empty();
  }

  private static boolean isCalled(Place object, Optional<String> name) {
    return name.equals(object.text("name")) || name.equals(object.text("physicalName"));
  }

  private static boolean isNameless(Place object) {
    return !object.has("name") && !object.has("physicalName");
  }

  private static boolean isObject(Place place) {
    return place.isMapping()
        || place.wrongKind("a schema object", "write it as '- name: …' with its keys below");
  }

  /** What the document says of itself. */
  private record Head(String id, String version, List<String> tags) {}

  private DataContract readObject(
      Place object, Optional<String> objectName, String apiVersion, Head head) {
    object.allowKeys("a schema object", Keys.OBJECT);
    if (!object.text("logicalType").orElse("object").equals("object")) {
      object.problem("logicalType", "a table is an object", "use object, or remove it");
    }
    String name =
        isNameless(object) && objectName.isPresent()
            ? objectName.get()
            : needed(object, "name", "the table's name");
    PropertyReader reader = new PropertyReader(apiVersion.startsWith("v3.0"));
    List<ContractField> fields = reader.readTable(object);
    return DataContract.of(
        head.id(),
        head.version(),
        object.text("physicalName").orElse(name),
        object.text("description").map(String::strip).orElse(""),
        head.tags(),
        fields,
        reader.rules(),
        reader.rowRules(),
        reader.checks());
  }
}
