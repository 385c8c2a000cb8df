package dev.penstock.samples.bigquery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * A certificate for localhost that signs itself. The JDK has classes for it that may not be used,
 * so its few fields are written here, in DER.
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int UTC_TIME = 0x17;
  private static final int UTF8_TEXT = 0x0c;
  private static final int OCTETS = 0x04;
  private static final int BITS = 0x03;
  private static final int INTEGER = 0x02;
  private static final int OBJECT_ID = 0x06;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
  };
  private static final byte[] COMMON_NAME = {0x55, 4, 3};
  private static final byte[] ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int DAYS = 365;

  /** A new key and its certificate, for a year. */
  static SelfSigned create(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] content = content(pair, now);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      byte[] signed = der(SEQUENCE, content, algorithm(), der(BITS, new byte[1], signature.sign()));
      return new SelfSigned(
          pair.getPrivate(),
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No certificate for localhost could be made: " + e, e);
    }
  }

  private static byte[] content(KeyPair pair, Instant now) {
    byte[] name =
        der(
            SEQUENCE,
            der(
                SET,
                der(
                    SEQUENCE,
                    der(OBJECT_ID, COMMON_NAME),
                    der(UTF8_TEXT, "localhost".getBytes(UTF_8)))));
    byte[] validity =
        der(SEQUENCE, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(DAYS, ChronoUnit.DAYS)));
    byte[] names =
        der(SEQUENCE, der(DNS_NAME, "localhost".getBytes(UTF_8)), der(IP_ADDRESS, LOOPBACK));
    byte[] extension = der(SEQUENCE, der(OBJECT_ID, ALTERNATIVE_NAME), der(OCTETS, names));
    return der(
        SEQUENCE,
        der(VERSION, der(INTEGER, new byte[] {2})),
        der(INTEGER, new BigInteger(63, new SecureRandom()).toByteArray()),
        algorithm(),
        name,
        validity,
        name,
        pair.getPublic().getEncoded(),
        der(EXTENSIONS, der(SEQUENCE, extension)));
  }

  private static byte[] algorithm() {
    return der(SEQUENCE, der(OBJECT_ID, ECDSA_WITH_SHA256));
  }

  private static byte[] time(Instant instant) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    return der(UTC_TIME, format.format(instant).getBytes(US_ASCII));
  }

  /** A value with its tag and length in front. */
  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The certificate in PEM. */
  String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The certificate cannot be encoded: " + e, e);
    }
  }

  /** The key in PEM, for the server alone. */
  String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** Writes a key store in which clients of the JVM find the certificate, and nothing secret. */
  void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setCertificateEntry("penstock-local-bigquery", certificate);
      // In this format, unlike PKCS12, Java reads certificates without being told the password.
      store.store(out, "changeit".toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(file + " cannot be made: " + e, e);
    }
  }
}
