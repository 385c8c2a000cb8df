package dev.penstock.io.warehouse;

import dev.penstock.transforms.contract.SchemaDrift;

/** A folder of files: refuses what only tables have. */
sealed interface FolderDestination extends Destination
    permits ParquetDestination, FilesDestination {
  /** What the files are called in messages. */
  String title();

  @Override
  default Destination withVersionField(String field) {
    throw refusal("A version field (--versionField) orders the versions of a key, of which");
  }

  @Override
  default Destination withSchemaDrift(SchemaDrift drift) {
    if (drift == SchemaDrift.ADD) {
      return this;
    }
    throw refusal("Schema drift other than add (--schemaDrift) concerns existing tables, of which");
  }

  @Override
  default Destination withUsername(String user) {
    throw refusal("A user name (--user) is for databases, of which");
  }

  @Override
  default Destination withPasswordVariable(String variable) {
    throw refusal("A password is for databases, of which");
  }

  @Override
  default Destination withPasswordFile(String file) {
    throw refusal("A password (--passwordFile) is for databases, of which");
  }

  @Override
  default Destination withBatchRows(int rows) {
    throw refusal("A batch size (--batchSize) is for transactions, of which");
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(what + " " + title() + " files have none. Leave it out");
  }
}
