#!/bin/bash
# What OpenSearch needs before its first start: a certificate of its own, and users with the passwords given.
# docker-compose.yml runs it in the image of OpenSearch, which has keytool and hash.sh.
#
# It reads OPENSEARCH_ADMIN_PASSWORD, DASHBOARDS_PASSWORD and LISTLENS_PASSWORD, and the roles in the folder "roles" beside
# it. It writes into config/certificates and config/opensearch-security of OPENSEARCH_HOME, and leaves alone what is there.
set -euo pipefail
umask 077

home=${OPENSEARCH_HOME:-/usr/share/opensearch}
roles=${LISTLENS_ROLES:-$(dirname "$0")/roles}
certificates=$home/config/certificates
security=$home/config/opensearch-security
hash=$home/plugins/opensearch-security/tools/hash.sh

# The name that other containers call it by, and the one that this machine does.
make_certificate() {
  rm -f "$certificates"/*
  KEYSTORE_PASSWORD=$(head -c 24 /dev/urandom | base64)
  export KEYSTORE_PASSWORD
  keytool -genkeypair -alias node -keyalg EC -dname CN=opensearch -validity 3650 \
    -ext "SAN=dns:opensearch,dns:localhost,ip:127.0.0.1" -ext EKU=serverAuth,clientAuth \
    -storetype PKCS12 -keystore "$certificates/node.p12" -storepass:env KEYSTORE_PASSWORD
  keytool -exportcert -rfc -alias node -file "$certificates/certificate.pem" \
    -keystore "$certificates/node.p12" -storepass:env KEYSTORE_PASSWORD
  keytool -importcert -noprompt -alias ca -file "$certificates/certificate.pem" \
    -storetype PKCS12 -keystore "$certificates/trust.p12" -storepass:env KEYSTORE_PASSWORD
  printf '%s' "$KEYSTORE_PASSWORD" >"$certificates/keystore.password"
  # Last, so that it tells that all else is there.
  mv "$certificates/certificate.pem" "$certificates/ca.pem"
  chmod 644 "$certificates/ca.pem"
  chmod 755 "$certificates"
}

# Prints what is kept of the password in the environment variable $1. Of what hash.sh says only that is of interest.
hash_of() {
  bash "$hash" -env "$1" | grep -E '^\$2[aby]\$' || {
    echo "credentials.sh: $hash made no hash of the password in $1" >&2
    return 1
  }
}

make_users() {
  admin=$(hash_of OPENSEARCH_ADMIN_PASSWORD)
  dashboards=$(hash_of DASHBOARDS_PASSWORD)
  listlens=$(hash_of LISTLENS_PASSWORD)
  {
    echo '_meta: {type: roles, config_version: 2}'
    for role in listlens_read listlens_index listlens_setup; do
      echo "$role:"
      sed 's/^/  /' "$roles/$role.json"
    done
  } >"$security/roles.yml"
  cat >"$security/roles_mapping.yml" <<YAML
_meta: {type: rolesmapping, config_version: 2}
all_access: {reserved: true, users: [admin]}
kibana_server: {reserved: true, users: [dashboards]}
kibana_user: {users: [listlens]}
listlens_setup: {users: [listlens]}
YAML
  # Last as well.
  cat >"$security/internal_users.yml.new" <<YAML
_meta: {type: internalusers, config_version: 2}
admin: {hash: '$admin', reserved: true, description: Everything}
dashboards: {hash: '$dashboards', reserved: true, description: OpenSearch Dashboards itself}
listlens: {hash: '$listlens', description: Sets up and writes the indices of Listlens}
YAML
  mv "$security/internal_users.yml.new" "$security/internal_users.yml"
}

mkdir -p "$certificates" "$security"
[ -e "$certificates/ca.pem" ] || make_certificate
# The image comes with users whose passwords everybody knows.
grep -q '^listlens:' "$security/internal_users.yml" 2>/dev/null || make_users
# As the user that OpenSearch and Dashboards run as in their images.
[ "$(id -u)" != 0 ] || chown -R 1000:1000 "$certificates" "$security"
