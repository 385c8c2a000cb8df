package dev.penstock.io.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.penstock.io.dataset.FileCompression;
import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses pages without Hadoop's codecs. One instance serves one thread; what it gives is valid
 * until the next page.
 */
abstract class PageCompressor implements BytesInputCompressor {
  private final CompressionCodecName codec;

  private PageCompressor(CompressionCodecName codec) {
    this.codec = codec;
  }

  static PageCompressor of(FileCompression compression) {
    return switch (compression) {
      case ZSTD -> new Zstd();
      case SNAPPY -> new Snappy();
      case GZIP -> new Gzip();
      case NONE -> new None();
    };
  }

  @Override
  public CompressionCodecName getCodecName() {
    return codec;
  }

  @Override
  public void release() {}

  /** The bytes of a page in one piece. */
  private static final class Plain extends ByteArrayOutputStream {
    void take(BytesInput page) throws IOException {
      reset();
      page.writeAllTo(this);
    }

    byte[] bytes() {
      return buf;
    }
  }

  private static final class Zstd extends PageCompressor {
    /** The fastest of the usual ones; higher levels gain little on columns that are encoded. */
    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private final Plain plain = new Plain();
    private byte[] buffer = {};

    Zstd() {
      super(CompressionCodecName.ZSTD);
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      plain.take(page);
      int most = (int) com.github.luben.zstd.Zstd.compressBound(plain.size());
      if (buffer.length < most) {
        buffer = new byte[most];
      }
      int size =
          context.compressByteArray(buffer, 0, buffer.length, plain.bytes(), 0, plain.size());
      return BytesInput.from(buffer, 0, size);
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private static final class Snappy extends PageCompressor {
    private final SnappyCompressor compressor = new SnappyCompressor();
    private final Plain plain = new Plain();
    private byte[] buffer = {};

    Snappy() {
      super(CompressionCodecName.SNAPPY);
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      plain.take(page);
      int most = compressor.maxCompressedLength(plain.size());
      if (buffer.length < most) {
        buffer = new byte[most];
      }
      int size = compressor.compress(plain.bytes(), 0, plain.size(), buffer, 0, buffer.length);
      return BytesInput.from(buffer, 0, size);
    }
  }

  private static final class Gzip extends PageCompressor {
    Gzip() {
      super(CompressionCodecName.GZIP);
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        page.writeAllTo(gzip);
      }
      return BytesInput.from(bytes.toByteArray());
    }
  }

  private static final class None extends PageCompressor {
    None() {
      super(CompressionCodecName.UNCOMPRESSED);
    }

    @Override
    public BytesInput compress(BytesInput page) {
      return page;
    }
  }
}
