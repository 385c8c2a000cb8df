package dev.penstock.io.bigquery;

import com.google.auth.Credentials;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.extensions.gcp.auth.CredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * What workers need of the pipeline's options to reach BigQuery, in a form that travels with the
 * transform.
 *
 * @param endpoint address of BigQuery where it is not Google's own, or null
 * @param credentials who tells the credentials
 * @param scopes what the credentials are asked for
 * @param impersonated service account to act as, or null
 * @param temporary folder for files in transit, or null
 */
record GoogleSettings(
    @Nullable String endpoint,
    Class<? extends CredentialFactory> credentials,
    List<String> scopes,
    @Nullable String impersonated,
    @Nullable String temporary)
    implements Serializable {

  static GoogleSettings of(PipelineOptions options) {
    GcpOptions gcp = options.as(GcpOptions.class);
    String endpoint = options.as(BigQueryFlags.class).getBigQueryEndpoint();
    return new GoogleSettings(
        endpoint == null || endpoint.isBlank() ? null : endpoint.replaceAll("/+$", ""),
        gcp.getCredentialFactoryClass(),
        gcp.getGcpOauthScopes() == null ? List.of() : List.copyOf(gcp.getGcpOauthScopes()),
        gcp.getImpersonateServiceAccount(),
        options.getTempLocation());
  }

  /** The credentials, or null where none are used. */
  @Nullable Credentials credential() {
    GcpOptions gcp = PipelineOptionsFactory.create().as(GcpOptions.class);
    gcp.setCredentialFactoryClass(credentials);
    gcp.setGcpOauthScopes(scopes);
    gcp.setImpersonateServiceAccount(impersonated);
    return gcp.getGcpCredential();
  }
}
