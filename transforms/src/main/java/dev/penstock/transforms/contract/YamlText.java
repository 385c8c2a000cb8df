package dev.penstock.transforms.contract;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns YAML (and so JSON, which is YAML) into nodes that know their lines.
 *
 * <p>Nothing in a document can make this construct a class, recurse without end, or expand to more
 * than {@link #MAX_NODES} nodes.
 */
final class YamlText {
  /** Levels of nesting: far more than any table has, far fewer than a stack holds. */
  static final int MAX_DEPTH = 200;

  /** Nodes of a document with its aliases expanded. */
  static final int MAX_NODES = 500_000;

  private static final int MAX_SHOWN = 200;

  private final Problems problems;
  private int nodes;
  private boolean tooLarge;

  private YamlText(Problems problems) {
    this.problems = problems;
  }

  /** The document's root, or nothing when it could not be read (the problems say why). */
  static Optional<Node> compose(String document, Problems problems) {
    String text = withoutTabs(document);
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(ContractSource.MAX_BYTES)
            .build();
    try {
      if (!isNestedReasonably(text, settings, problems)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(1, "", "the document is empty", "write a contract into it");
        return root;
      }
      return new YamlText(problems).isWellFormed(root.get()) ? root : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      problems.add(
          e.getProblemMark().map(Mark::getLine).orElse(0) + 1,
          "",
          "this is not valid YAML or JSON (" + oneLine(e.getProblem()) + ")",
          "correct the syntax; indentation and quotes are the usual suspects");
    } catch (YamlEngineException e) {
      problems.add(
          1,
          "",
          "this is not valid YAML or JSON (" + oneLine(e.getMessage()) + ")",
          "give the path of a contract, and remove control characters from it");
    }
    return Optional.empty();
  }

  /** JSON may be indented by tabs, which the YAML reader does not take; blanks do as well. */
  private static String withoutTabs(String document) {
    if (document.indexOf('\t') < 0 || !document.stripLeading().startsWith("{")) {
      return document;
    }
    StringBuilder text = new StringBuilder(document);
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '\\' -> i++;
        case '\t' -> text.setCharAt(i, quoted ? '\t' : ' ');
        default -> {}
      }
    }
    return text.toString();
  }

  /** Looks at the nesting before nodes are made, because making them is recursive. */
  private static boolean isNestedReasonably(String text, LoadSettings settings, Problems problems) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        problems.add(
            event.getStartMark().map(Mark::getLine).orElse(0) + 1,
            "",
            "the nesting is deeper than " + MAX_DEPTH + " levels",
            "flatten the document");
        return false;
      }
    }
    return true;
  }

  private boolean isWellFormed(Node root) {
    walk(root, 0);
    return !tooLarge;
  }

  private void walk(Node node, int depth) {
    if (tooLarge) {
      return;
    }
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      tooLarge = true;
      problems.add(
          lineOf(node),
          "",
          "the document's aliases refer to themselves or expand to more than "
              + MAX_NODES
              + " nodes",
          "write the repeated parts out");
      return;
    }
    if (node instanceof MappingNode mapping) {
      checkKeys(mapping);
      for (NodeTuple entry : mapping.getValue()) {
        walk(entry.getValueNode(), depth + 1);
      }
    } else if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        walk(item, depth + 1);
      }
    }
  }

  private void checkKeys(MappingNode mapping) {
    Set<String> keys = new HashSet<>();
    Iterator<NodeTuple> entries = mapping.getValue().iterator();
    while (entries.hasNext()) {
      Node key = entries.next().getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.add(lineOf(key), "", "a key is a list or a mapping", "use plain text as keys");
      } else if (!keys.add(scalar.getValue())) {
        problems.add(
            lineOf(key),
            "",
            "the key "
                + Place.quote(scalar.getValue())
                + " stands here for the second time in one mapping",
            "keep one of them");
      }
    }
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static String oneLine(@Nullable String text) {
    if (text == null) {
      return "unreadable";
    }
    String line = text.strip().replace('\n', ' ').replace('\r', ' ');
    return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line;
  }
}
