package dev.penstock.io.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
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

  static PageCompressor of(ParquetCompression compression) {
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

  private static final class Zstd extends PageCompressor {
    /** Level 3 takes a fifth more time on shop events, and saves next to nothing. */
    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private byte[] buffer = {};

    Zstd() {
      super(CompressionCodecName.ZSTD);
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      byte[] plain = page.toByteArray();
      int most = (int) com.github.luben.zstd.Zstd.compressBound(plain.length);
      if (buffer.length < most) {
        buffer = new byte[most];
      }
      int size = context.compressByteArray(buffer, 0, buffer.length, plain, 0, plain.length);
      return BytesInput.from(buffer, 0, size);
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private static final class Snappy extends PageCompressor {
    private final SnappyCompressor compressor = new SnappyCompressor();
    private byte[] buffer = {};

    Snappy() {
      super(CompressionCodecName.SNAPPY);
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      byte[] plain = page.toByteArray();
      int most = compressor.maxCompressedLength(plain.length);
      if (buffer.length < most) {
        buffer = new byte[most];
      }
      int size = compressor.compress(plain, 0, plain.length, buffer, 0, buffer.length);
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
