package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.kafka.DeadLetterTopic;
import dev.penstock.io.kafka.ReadKafka;
import dev.penstock.io.kafka.StartAt;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.pipelines.run.WorkerPlaces;
import dev.penstock.transforms.contract.ContractException;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.beam.sdk.options.StreamingOptions;
import org.jspecify.annotations.Nullable;

/** Problems of and between the flags, the contract included; connects to nothing. */
record StreamPreflight(KafkaToWarehouseOptions options) {

  List<String> flagProblems() {
    List<String> problems = new ArrayList<>();
    if (options.getUntil() != null) {
      problems.addAll(AccountedRun.problems(options));
    }
    input(problems);
    problems.addAll(WarehouseFlags.problems(options));
    problems.addAll(
        AvroMessages.problems(
            "--messageFormat=" + options.getMessageFormat().keyword(),
            options.getMessageFormat().isAvro(),
            options));
    pointless(problems);
    WorkerPlaces places = WorkerPlaces.of(options);
    places.checkDestination("--to", options.getTo(), problems);
    places.check("--kafkaSettings", options.getKafkaSettings(), problems);
    places.check("--registryCredentials", options.getRegistryCredentials(), problems);
    places.check("--passwordFile", options.getPasswordFile(), problems);
    places.checkPassword(options.getPasswordFile(), problems);
    if (!options.getTo().startsWith("jdbc:")) {
      problems.add(KafkaToWarehouse.onlyDatabases(options.getTo()));
    }
    deadLetters(problems);
    if (options.getDryRun()) {
      problems.add(
          "--dryRun is for files. Look at a topic by --until=latest --to=jdbc:duckdb:try.duckdb");
    }
    if (options.getContract() != null) {
      ways(problems);
    }
    return problems;
  }

  /** What is wrong with each way of a file of routes, or with the one that there is. */
  private void ways(List<String> problems) {
    String file = options.getRoutes();
    if (file == null) {
      contract(problems);
      return;
    }
    if (options.getTopic() != null || options.getTopicPattern() != null) {
      problems.add(
          "--routes="
              + file
              + " names the topics; leave --topic and --topicPattern out, or give each topic a line");
    }
    if (options.getReport() != null) {
      problems.add(
          "--report="
              + options.getReport()
              + " is of one contract, and --routes may have several. Leave it out");
    }
    try {
      Set<String> tables = new HashSet<>();
      for (KafkaToWarehouseOptions way : RoutesFile.ways(options)) {
        String place = file + ", topic " + way.getTopic() + ": ";
        List<String> of = new ArrayList<>();
        StreamPreflight check = new StreamPreflight(way);
        check.changes(of);
        check.contract(of);
        if (of.isEmpty()
            && !tables.add(new Route(way, WarehouseFlags.contract(way)).warehouse().tableName())) {
          of.add(
              "another line writes to the same table. Put its topics into one line, with commas");
        }
        of.forEach(problem -> problems.add(place + problem));
      }
    } catch (IllegalArgumentException e) {
      problems.add("--routes: " + e.getMessage());
    }
  }

  private void deadLetters(List<String> problems) {
    String letters = options.getDeadLetters();
    if (letters == null) {
      return;
    }
    boolean topic = DeadLetterTopic.isTopic(letters);
    if (!letters.startsWith("jdbc:") && !topic && options.getUntil() == null) {
      problems.add(
          "--deadLetters="
              + letters
              + ": files are complete when a run ends, and this one goes on. Leave the flag out for"
              + " the table penstock_dead_letters, or name another database or a topic: jdbc:… or"
              + " kafka:<topic>");
    }
    if (topic
        && isRead(letters.substring(letters.lastIndexOf(letters.contains("/") ? '/' : ':') + 1))) {
      problems.add(
          "--deadLetters="
              + letters
              + " is a topic that is read: its dead letters would come back as records. Name another"
              + " topic");
    }
  }

  /** Whether the flags choose a topic of this name. */
  private boolean isRead(String topic) {
    String pattern = options.getTopicPattern();
    try {
      return KafkaToWarehouse.topics(options).contains(topic)
          || (pattern != null && Pattern.matches(pattern, topic));
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private void input(List<String> problems) {
    String until = options.getUntil();
    if (until != null && !until.equals("latest")) {
      problems.add("--until=" + until + ": only 'latest' is known, what is there at the start");
    }
    if (options.getTopic() != null && options.getTopicPattern() != null) {
      problems.add("--topic and --topicPattern both choose topics; keep one");
    }
    WarehouseFlags.tried("--start", problems, () -> StartAt.parse(options.getStart()));
    if (options.getTopic() != null) {
      WarehouseFlags.tried(
          "--topic", problems, () -> servers().topics(KafkaToWarehouse.topics(options)));
    }
    String pattern = options.getTopicPattern();
    if (pattern != null) {
      WarehouseFlags.tried("--topicPattern", problems, () -> servers().topicsMatching(pattern));
    }
    if (until == null && !options.as(StreamingOptions.class).isStreaming()) {
      problems.add(
          "--streaming=false: without an end in sight it is a stream; leave the flag out, or read"
              + " what is there and end: --until=latest");
    }
  }

  /** What it reads from makes no difference to which topics may be named. */
  private static ReadKafka servers() {
    return ReadKafka.from("localhost:9092");
  }

  /** Flags that would be without effect, of which the user expects one. */
  private void pointless(List<String> problems) {
    if (options.getUntil() == null) {
      judgedAtTheEnd("--maxDeadLetters", options.getMaxDeadLetters(), problems);
      judgedAtTheEnd("--maxDeadLetterRate", options.getMaxDeadLetterRate(), problems);
      judgedAtTheEnd("--report", options.getReport(), problems);
    }
    if (options.getRoutes() == null) {
      changes(problems);
    }
  }

  /** Flags of changes where there are none, and of other changes than these. */
  private void changes(List<String> problems) {
    boolean changes = options.getMessageFormat().isChanges();
    boolean upsert = options.getMode() == WriteMode.UPSERT;
    if (options.getDeletions() != Deletions.HARD && !(changes && upsert)) {
      problems.add(
          "--deletions="
              + options.getDeletions().name().toLowerCase(Locale.ROOT)
              + " is for changes in mode upsert: use --messageFormat=debezium --mode=upsert, or"
              + " leave it out");
    }
    boolean deletes =
        options.getMode() == WriteMode.HISTORY
            || (upsert && options.getDeletions() != Deletions.IGNORE);
    if (changes && deletes && options.getVersionField() != null) {
      problems.add(
          "--versionField="
              + options.getVersionField()
              + ": a deletion may tell no more than the primary key, and without a version it would"
              + " lose against the row that it deletes. Changes bring their order with them: leave"
              + " the flag out");
    }
    if (options.getPeriodsView() != null && !(changes && options.getMode() == WriteMode.HISTORY)) {
      problems.add(
          "--periodsView="
              + options.getPeriodsView()
              + " is for changes (--messageFormat=debezium) with --mode=history: use these, or leave"
              + " it out");
    }
    boolean soft = upsert && options.getDeletions() == Deletions.SOFT;
    if (options.getLatestView() != null
        && !(changes && (soft || options.getMode() == WriteMode.HISTORY))) {
      problems.add(
          "--latestView="
              + options.getLatestView()
              + " is for changes (--messageFormat=debezium) with --mode=history, or --mode=upsert"
              + " and --deletions=soft: use one of these, or leave it out");
    }
  }

  private static void judgedAtTheEnd(String flag, @Nullable Object value, List<String> problems) {
    if (value != null) {
      problems.add(
          flag
              + "="
              + value
              + " is for a run that ends, and this one goes on. Leave it out, or read what is there"
              + " and end: --until=latest");
    }
  }

  private void contract(List<String> problems) {
    try {
      DataContract contract = WarehouseFlags.contract(options);
      WarehouseFlags.tried("--to", problems, () -> new Route(options, contract).warehouse().ddl());
      WarehouseFlags.tried("--deadLetters", problems, () -> KafkaToWarehouse.deadLetters(options));
    } catch (ContractException e) {
      problems.addAll(e.problems());
    }
  }
}
