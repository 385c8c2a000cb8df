package dev.penstock.pipelines.input;

import dev.penstock.io.file.ReadAvro;
import dev.penstock.io.file.ReadCsv;
import dev.penstock.io.file.ReadJson;
import dev.penstock.io.file.ReadRecords;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.parse.ParseJson;
import dev.penstock.transforms.parse.ParseRecords;

/**
 * How the input is read and made rows of.
 *
 * <pre>{@code
 * Input<?> input = Input.of(options, contract);
 * Outcome<SourceRecord> records = pipeline.apply(input.read());
 * }</pre>
 *
 * @param format of the files
 * @param read reads the files
 * @param parse makes rows of their records
 * @param <F> what the one hands to the other
 */
public record Input<F>(InputFormat format, ReadRecords<F> read, ParseRecords<F> parse) {

  /** The input that the options describe. */
  public static Input<?> of(InputOptions options, DataContract contract) {
    return switch (InputFormat.of(options)) {
      case CSV -> csv(options, contract);
      case JSON -> json(options, contract);
      case AVRO -> avro(options, contract);
    };
  }

  private static Input<?> csv(InputOptions options, DataContract contract) {
    ReadCsv read =
        ReadCsv.from(InputFlags.inputs(options))
            .withDialect(InputFlags.dialect(options))
            .withMaxRecords(options.getMaxRecords());
    String size = options.getSplitSize();
    return new Input<>(
        InputFormat.CSV,
        size == null ? read : read.withSplitBytes(InputFlags.bytes(size)),
        ParseCsv.to(contract)
            .withDialect(InputFlags.dialect(options))
            .withExtraColumns(options.getExtraColumns()));
  }

  private static Input<?> json(InputOptions options, DataContract contract) {
    ReadJson read =
        ReadJson.from(InputFlags.inputs(options))
            .withMaxRecordBytes(InputFlags.bytes(options.getMaxRecordSize()))
            .withMaxRecords(options.getMaxRecords());
    String size = options.getSplitSize();
    return new Input<>(
        InputFormat.JSON,
        size == null ? read : read.withSplitBytes(InputFlags.bytes(size)),
        ParseJson.to(contract).withExtraColumns(options.getExtraColumns()));
  }

  private static Input<?> avro(InputOptions options, DataContract contract) {
    ReadAvro read =
        ReadAvro.from(InputFlags.inputs(options))
            .withMaxRecordBytes(InputFlags.bytes(options.getMaxRecordSize()))
            .withMaxRecords(options.getMaxRecords());
    String size = options.getSplitSize();
    return new Input<>(
        InputFormat.AVRO,
        size == null ? read : read.withSplitBytes(InputFlags.bytes(size)),
        // Its times are typed, whatever form the contract has for texts.
        ParseJson.to(contract).withExtraColumns(options.getExtraColumns()).withIsoFirst(true));
  }
}
