# Sourced by the launcher: the JVM's class data sharing. A run loads some eleven thousand classes of Beam and its runner; from
# an archive of them, in the form that the JVM has them in memory, it starts in two thirds of the time.
#
# The first run of a kind of pipeline writes down which classes it loads, the next makes the archive beside itself at the
# lowest priority, and those that follow start from it. The archive holds the dependencies alone, so a change of
# Penstock's own sources leaves it valid; one that does not fit the JVM or the dependencies, the JVM passes over.

# Adds what this run needs to `options`. Reads `java`, `state`, `app` and `class_set`.
share_class_data() {
  local name="${app##*/}$class_set" key archive list holder
  # An archive is good for one Java and one list of dependencies.
  key="$(printf '%s\n' "$java" "$(cat "$app/dependencies")" | cksum | cut -d ' ' -f 1)"
  archive="$state/$name.$key.jsa"
  if [ -f "$archive" ]; then
    options+=("-XX:SharedArchiveFile=$archive")
    return
  fi
  # One that was broken off is begun anew.
  find "$state" -maxdepth 1 \( -name '*.making' -o -name '*.versioned' -o -name '*.taken' \) -mmin +10 -delete
  for list in "$state/$name.$key".*.classes; do
    [ -f "$list" ] || continue
    holder="${list%.classes}"
    # A list is complete when the run that writes it has ended.
    ! kill -0 "${holder##*.}" 2>/dev/null || return 0
    if [ "$(wc -l <"$list")" -ge 5000 ]; then
      mv "$list" "$list.taken" 2>/dev/null || return 0
      # Not as a redirection of the function: its shell would keep the caller's pipes open.
      make_archive "$name" "$list.taken" "$archive" </dev/null >"$state/class-data.log" 2>&1 &
      return
    fi
    # That run was broken off before it had loaded much.
    rm -f "$list"
  done
  [ -f "$state/$name.$key.making" ] || options+=("-XX:DumpLoadedClassList=$state/$name.$key.$$.classes")
}

make_archive() {
  local name="$1" list="$2" archive="$3" making="${3%.jsa}.making"
  : >"$making"
  rm -f "$state/$name".*.jsa
  # Of Penstock's own classes and lambdas the archive knows nothing; nor of classes with which the JVM would crash under a
  # flight recorder, which a line about a lambda brings along as well.
  if nice -n 19 "$java" "$home/runner-configs/VersionedClasses.java" "$(cat "$app/dependencies")" >"$making.versioned" &&
    awk 'FILENAME == ARGV[1] { versioned[$1]; next }
      {
        count = split($0, names, /[ ();]+/)
        for (i = 1; i <= count; i++) {
          sub(/^\[*L/, "", names[i])
          if (names[i] in versioned) next
        }
        print
      }' "$making.versioned" "$list" |
    grep -v '^dev/penstock/\|^@lambda-proxy dev/penstock/\|^@lambda-form' >"$making" &&
    nice -n 19 "$java" -Xshare:dump "-XX:SharedClassListFile=$making" "-XX:SharedArchiveFile=$archive.new" \
    -cp "$(cat "$app/dependencies")"; then
    mv "$archive.new" "$archive"
  fi
  rm -f "$making" "$making.versioned" "$list" "$archive.new"
}
