package dev.penstock.io.rowfile;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.transforms.contract.DataContract;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.zip.Deflater;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** An Avro object container file. */
final class AvroFile extends RowFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final DataFileWriter<GenericRecord> out;

  private AvroFile(ResourceId file, DataFileWriter<GenericRecord> out) {
    super(file);
    this.out = out;
  }

  static AvroFile open(
      ResourceId file, FileCompression compression, DataContract contract, Schema schema)
      throws IOException {
    OutputStream raw =
        new BufferedOutputStream(
            Channels.newOutputStream(FileSystems.create(file, MimeTypes.BINARY)), BUFFER_BYTES);
    DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>());
    out.setCodec(codec(compression));
    out.setMeta("penstock.contract.id", contract.id());
    out.setMeta("penstock.contract.version", contract.version());
    return new AvroFile(file, out.create(schema, raw));
  }

  private static CodecFactory codec(FileCompression compression) {
    return switch (compression) {
      case ZSTD -> CodecFactory.zstandardCodec(CodecFactory.DEFAULT_ZSTANDARD_LEVEL);
      case SNAPPY -> CodecFactory.snappyCodec();
      case GZIP -> CodecFactory.deflateCodec(Deflater.DEFAULT_COMPRESSION);
      case NONE -> CodecFactory.nullCodec();
    };
  }

  @Override
  void append(byte[] row, int length) throws IOException {
    out.appendEncoded(ByteBuffer.wrap(row, 0, length));
  }

  @Override
  public void finish() throws IOException {
    out.close();
  }
}
