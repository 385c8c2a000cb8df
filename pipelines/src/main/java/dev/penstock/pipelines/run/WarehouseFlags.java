package dev.penstock.pipelines.run;

import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.DataContract;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes contract and destinations of their flags.
 *
 * <pre>{@code
 * DataContract contract = WarehouseFlags.contract(options);
 * WriteToWarehouse write = WarehouseFlags.warehouse(options, contract);
 * }</pre>
 */
public final class WarehouseFlags {
  private WarehouseFlags() {}

  /** The contract that the options name. */
  public static DataContract contract(WarehouseOptions options) {
    String table = options.getTable();
    return table == null
        ? DataContract.load(options.getContract())
        : DataContract.load(options.getContract(), table);
  }

  /** Where rows go. */
  public static WriteToWarehouse warehouse(WarehouseOptions options, DataContract contract) {
    WriteToWarehouse write =
        WriteToWarehouse.to(options.getTo())
            .withContract(contract)
            .withMode(options.getMode())
            .withCreateTables(options.getCreateTables())
            .withSchemaDrift(options.getSchemaDrift())
            .withPipelineOptions(options);
    write = set(write, options.getBatchSize(), WriteToWarehouse::withBatchRows);
    write = set(write, options.getVersionField(), WriteToWarehouse::withVersionField);
    write = set(write, options.getUser(), WriteToWarehouse::withUsername);
    return set(write, options.getPasswordFile(), WriteToWarehouse::withPasswordFile);
  }

  /** Where dead letters go. */
  public static WriteDeadLetters deadLetters(WarehouseOptions options) {
    String uri = options.getDeadLetters();
    WriteDeadLetters write =
        WriteDeadLetters.to(uri == null ? options.getTo() : uri).withPipelineOptions(options);
    if (uri == null || uri.startsWith("jdbc:")) {
      write = set(write, options.getUser(), WriteDeadLetters::withUsername);
      write = set(write, options.getPasswordFile(), WriteDeadLetters::withPasswordFile);
    }
    return write;
  }

  /** Applies a setting that is given. */
  public static <T, V> T set(T target, @Nullable V value, BiFunction<T, V, T> setting) {
    return value == null ? target : setting.apply(target, value);
  }
}
