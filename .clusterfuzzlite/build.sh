#!/bin/bash -eu
# SPDX-License-Identifier: Apache-2.0
# Lays out the fuzz targets for a fleet: in $OUT the jars, a script a target, and a zip file of its seeds.
#
#   SRC           the folder in which the sources are, as pokecheck
#   OUT           the folder to fill
#   CLASS_PATH    jars and folders of classes, separated by colons, to lay out instead of building; for the test of this script

sources="$SRC/pokecheck"

if [ -z "${CLASS_PATH:-}" ]; then
  (
    cd "$sources"
    mvn -B -q -pl core,fuzz -DskipTests package dependency:build-classpath \
      -Dmdep.includeScope=runtime -Dmdep.outputFile=target/class-path.txt
  )
  # The fleet's image has its own Jazzer; its driver must not meet a second one.
  CLASS_PATH="$(echo "$sources"/fuzz/target/pokecheck-fuzz-*.jar):$(tr ':' '\n' <"$sources/fuzz/target/class-path.txt" |
    grep -v '/jazzer-[0-9.]*\.jar$' | paste -sd:)"
fi

class_path=''
number=0
IFS=':' read -r -a entries <<<"$CLASS_PATH"
for entry in "${entries[@]}"; do
  number=$((number + 1))
  jar="$(printf '%02d-%s.jar' "$number" "$(basename "$entry" .jar)")"
  if [ -d "$entry" ]; then
    (cd "$entry" && zip -q -r "$OUT/$jar" .)
  else
    cp "$entry" "$OUT/$jar"
  fi
  class_path="$class_path:\$this_dir/$jar"
done

for target in InterleavingFuzz PatchSequenceFuzz InsnFuzz CorpusFuzz SourceFuzz; do
  # Abstract states are told as value profile, which has to be heeded.
  case "$target" in
    InterleavingFuzz) guidance='-use_value_profile=1' ;;
    *) guidance='' ;;
  esac
  cat >"$OUT/$target" <<EOF
#!/bin/bash
# LLVMFuzzerTestOneInput: by this word a fleet knows a fuzz target.
this_dir=\$(dirname "\$0")
if [[ "\$@" =~ (^| )-runs=[0-9]+(\$| ) ]]; then
  memory='-Xmx1900m:-Xss900k'
else
  memory='-Xmx2048m:-Xss1024k'
fi
LD_LIBRARY_PATH="\${JVM_LD_LIBRARY_PATH:-}:\$this_dir" \\
  exec "\$this_dir/jazzer_driver" --agent_path="\$this_dir/jazzer_agent_deploy.jar" \\
  --cp="${class_path#:}" --target_class=dev.pokecheck.fuzz.$target \\
  --instrumentation_includes='dev.pokecheck.**' --jvm_args="\$memory" $guidance "\$@"
EOF
  chmod +x "$OUT/$target"
  (cd "$sources/corpus/fuzz/$target" && zip -q -r "$OUT/${target}_seed_corpus.zip" .)
done
