package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.parse.ParseRecords;
import java.util.List;

/**
 * The way of some topics' records: through which contract, into which table, and how.
 *
 * @param options the command's flags, with what differs for these topics
 * @param contract the contract that they name
 */
record Route(KafkaToWarehouseOptions options, DataContract contract) {

  /** The ways that the options describe: one for all topics, or those of a file. */
  static List<Route> of(KafkaToWarehouseOptions options) {
    return RoutesFile.ways(options).stream()
        .map(way -> new Route(way, WarehouseFlags.contract(way)))
        .toList();
  }

  /** The topics, where they are named one by one. */
  List<String> topics() {
    return KafkaToWarehouse.topics(options);
  }

  ParseRecords<RecordBytes> parse() {
    return options.getMessageFormat().parse(contract, options.getExtraColumns(), options);
  }

  WriteToWarehouse warehouse() {
    WriteToWarehouse write = WarehouseFlags.warehouse(options, contract);
    if (options.getMessageFormat().isChanges()) {
      write = write.withChanges(options.getDeletions());
    }
    write = WarehouseFlags.set(write, options.getLatestView(), WriteToWarehouse::withLatestView);
    return WarehouseFlags.set(write, options.getPeriodsView(), WriteToWarehouse::withPeriodsView);
  }

  StreamPass pass() {
    WriteToWarehouse write = warehouse();
    StreamLedger ledger =
        write
            .ledger()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(KafkaToWarehouse.onlyDatabases(options.getTo())));
    return new StreamPass(contract, parse(), write.sink().orElseThrow(), ledger);
  }
}
