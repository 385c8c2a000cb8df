package dev.penstock.pipelines.run;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
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

  /** Values of the flags, each for itself, that mean nothing; connects to nothing. */
  public static List<String> problems(WarehouseOptions options) {
    List<String> problems = new ArrayList<>(accountProblems(options));
    Integer batch = options.getBatchSize();
    if (batch != null && batch < 1) {
      problems.add("--batchSize=" + batch + " must be 1 or more");
    }
    if (options.getVersionField() != null && options.getMode() == WriteMode.APPEND) {
      problems.add(
          "--versionField orders versions of a key, but --mode=append keeps every record: use"
              + " --mode=upsert or --mode=history, or leave the flag out");
    }
    return problems;
  }

  /** Values of the flags of the account, each for itself, that mean nothing. */
  public static List<String> accountProblems(AccountedOptions options) {
    List<String> problems = new ArrayList<>();
    Long most = options.getMaxDeadLetters();
    if (most != null && most < 0) {
      problems.add("--maxDeadLetters=" + most + " must be 0 or more");
    }
    Double rate = options.getMaxDeadLetterRate();
    if (rate != null && !(rate >= 0 && rate <= 1)) {
      problems.add(
          "--maxDeadLetterRate=" + rate + " must be from 0 to 1; 0.01 allows one in a hundred");
    }
    Long progress = options.getProgressRecords();
    if (progress != null && progress < 1) {
      problems.add(
          "--progressRecords="
              + progress
              + " must be 1 or more; without the flag progress comes by time");
    }
    return problems;
  }

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

  /** Tries what a flag's value is made into; what is wrong with it comes with the flag's name. */
  public static void tried(String flag, List<String> problems, Supplier<?> setting) {
    try {
      var unused = setting.get();
    } catch (IllegalArgumentException e) {
      problems.add(flag + ": " + e.getMessage());
    } catch (DestinationException e) {
      e.problems().forEach(problem -> problems.add(flag + ": " + problem));
    }
  }

  /** Applies a setting that is given. */
  public static <T, V> T set(T target, @Nullable V value, BiFunction<T, V, T> setting) {
    return value == null ? target : setting.apply(target, value);
  }
}
