package dev.penstock.transforms.contract;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of the document together with its line and path, which its problems are noted under.
 *
 * <p>Reading a value of the wrong kind notes a problem and answers as if the value were absent, so
 * that the reader can go on and find the next problem. A null counts as absent.
 */
final class Place {
  /** No count, length or bound needs more; larger exponents cost memory as they are compared. */
  private static final int MAX_DIGITS = 400;

  private static final int MAX_SHOWN = 60;

  private final Problems problems;
  private final Node node;
  private final int line;
  private final String path;

  private Place(Problems problems, Node node, int line, String path) {
    this.problems = problems;
    this.node = node;
    this.line = line;
    this.path = path;
  }

  static Place root(Problems problems, Node node) {
    return new Place(problems, node, YamlText.lineOf(node), "");
  }

  /** Notes a problem of this place. */
  void problem(String what, String fix) {
    problems.add(line, path, what, fix);
  }

  /** Notes a problem of a key of this mapping, or of the mapping where it lacks the key. */
  void problem(String key, String what, String fix) {
    at(key).ifPresentOrElse(place -> place.problem(what, fix), () -> problem(what, fix));
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  boolean isSequence() {
    return node instanceof SequenceNode;
  }

  /** The value under a key of this mapping, unless it is absent or null. */
  Optional<Place> at(String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          Place place =
              new Place(problems, entry.getValueNode(), YamlText.lineOf(name), subPath(key));
          return place.isNull() ? Optional.empty() : Optional.of(place);
        }
      }
    }
    return Optional.empty();
  }

  boolean has(String key) {
    return at(key).isPresent();
  }

  /** Notes a problem for each key of this mapping that is none of the known ones. */
  void allowKeys(String what, List<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
        String name = key.getValue();
        problems.add(
            YamlText.lineOf(key),
            subPath(name),
            quote(name) + " is not a key of " + what,
            known.isEmpty()
                ? "remove it"
                : Spelling.closest(name, known)
                    .map(guess -> "did you mean '" + guess + "'?")
                    .orElse("remove it, or use one of " + String.join(", ", known)));
      }
    }
  }

  /** The mapping under a key. */
  Optional<Place> mapping(String key) {
    return at(key)
        .filter(
            place ->
                place.isMapping()
                    || place.wrongKind("a mapping", "write keys and values under it"));
  }

  /** The mapping under a key, or an empty one in its place when it is absent. */
  Place mappingOrEmpty(String key) {
    Node empty =
        new MappingNode(
            Tag.MAP, true, List.of(), FlowStyle.FLOW, Optional.empty(), Optional.empty());
    return mapping(key).orElseGet(() -> new Place(problems, empty, line, path));
  }

  /** The items of the list under a key; empty when it is absent. */
  List<Place> list(String key) {
    Optional<Place> list = at(key);
    if (list.isEmpty()) {
      return List.of();
    }
    if (!list.get().isSequence()) {
      list.get().wrongKind("a list", "write it as a list, each item after a dash");
      return List.of();
    }
    return list.get().items();
  }

  private List<Place> items() {
    List<Place> items = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        items.add(
            new Place(
                problems,
                item,
                YamlText.lineOf(item),
                path + "[" + shorten(label(item, items.size())) + "]"));
      }
    }
    return items;
  }

  private String label(Node item, int index) {
    return root(problems, item)
        .at("name")
        .flatMap(Place::scalar)
        .map(ScalarNode::getValue)
        .filter(name -> !name.isBlank())
        .orElse(String.valueOf(index));
  }

  /** The text under a key; numbers and the like are taken as they are written. */
  Optional<String> text(String key) {
    return at(key).flatMap(Place::text);
  }

  /** This scalar as it is written. */
  Optional<String> text() {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    wrongKind("text", "write a single value");
    return Optional.empty();
  }

  /** The text of each item of the list under a key, without nulls. */
  List<String> texts(String key) {
    return list(key).stream()
        .filter(item -> !item.isNull())
        .map(Place::text)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The truth value under a key. */
  Optional<Boolean> flag(String key) {
    Optional<Place> place = at(key);
    if (place.isPresent() && !place.get().isFlag()) {
      place.get().wrongKind("true or false", "write true or false, without quotes");
      return Optional.empty();
    }
    return place.flatMap(Place::text).map(Boolean::parseBoolean);
  }

  boolean isFlag() {
    return node.getTag().equals(Tag.BOOL) && node instanceof ScalarNode;
  }

  /** The whole number under a key, from a least value up. */
  Optional<Integer> count(String key, int least) {
    return at(key).flatMap(place -> place.count(least));
  }

  private Optional<Integer> count(int least) {
    Optional<BigDecimal> number = number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    try {
      int count = number.get().intValueExact();
      if (count >= least) {
        return Optional.of(count);
      }
    } catch (ArithmeticException e) {
      // Said below.
    }
    wrongKind("a whole number from " + least + " up", "write such a number");
    return Optional.empty();
  }

  /** The number under a key. */
  Optional<BigDecimal> number(String key) {
    return at(key).flatMap(Place::number);
  }

  /** This scalar as a number. */
  Optional<BigDecimal> number() {
    if (node instanceof ScalarNode scalar
        && (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT))) {
      try {
        BigDecimal number = new BigDecimal(scalar.getValue());
        if (number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS) {
          return Optional.of(number);
        }
      } catch (NumberFormatException e) {
        // Infinity, hexadecimal and octal numbers, which no contract needs; said below.
      }
    }
    wrongKind("a decimal number", "write a number such as 12 or 0.5, without quotes");
    return Optional.empty();
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Notes that the value is not what it should be; always false, for use in filters. */
  @CanIgnoreReturnValue
  boolean wrongKind(String wanted, String fix) {
    problem("this must be " + wanted + ", but it is " + describe(), fix);
    return false;
  }

  /** The value as messages show it. */
  String describe() {
    if (node instanceof ScalarNode scalar) {
      return quote(scalar.getValue());
    }
    return isMapping() ? "a mapping" : "a list";
  }

  /** A text from the document, in quotes, on one line and not too long. */
  static String quote(String text) {
    return "'" + shorten(text) + "'";
  }

  private static String shorten(String text) {
    String start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return start.replace('\n', ' ').replace('\r', ' ');
  }

  private Optional<ScalarNode> scalar() {
    return node instanceof ScalarNode scalar ? Optional.of(scalar) : Optional.empty();
  }

  private String subPath(String key) {
    return path.isEmpty() ? shorten(key) : path + "." + shorten(key);
  }
}
