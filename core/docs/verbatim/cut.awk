# SPDX-License-Identifier: Apache-2.0
# cut.awk: what the entry file names, out of a kernel source file, unedited and on its own lines; the rest is left as empty lines.
#
#   awk -f cut.awk ENTRY.c SOURCE.c > OUT.c
#
# ENTRY.c has lines "cut: NAME NAME ..." in its first comment. A name is that of a function, of a struct or union, of a macro or of a variable. A definition begins
# at the start of a line and ends with a "}" or ";" there, as the kernel's style has it.

FNR == NR {
	if ($0 ~ /cut:/) {
		sub(/.*cut:/, "")
		sub(/\*\/.*/, "")
		n = split($0, words, " ")
		for (i = 1; i <= n; i++)
			wanted[words[i]] = 1
	}
	next
}

FNR == 1 { source = FILENAME }

{ line[FNR] = $0; last = FNR }

END {
	for (i = 1; i <= last; i++) {
		if (in_comment(line[i]) || line[i] !~ /^[A-Za-z_#]/)
			continue
		end = definition(i)
		name = defined(i, end)
		if (name != "") {
			for (j = i; j <= end; j++)
				kept[j] = 1
			found[name] = 1
		}
		i = end
	}
	for (name in wanted)
		if (!(name in found)) {
			print "cut.awk: " source ": no definition of " name > "/dev/stderr"
			failed = 1
		}
	if (failed)
		exit 1
	for (i = 1; i <= last; i++)
		print (i in kept) ? line[i] : ""
}

# Whether a line lies in a comment of several lines, or is the last of one.
function in_comment(text) {
	if (commented) {
		commented = text !~ /\*\//
		return 1
	}
	if (text ~ /^\/\*/) {
		commented = text !~ /\*\//
		return 1
	}
	return 0
}

# The last line of the definition that begins at a line.
function definition(first, i) {
	if (line[first] ~ /^#/) {
		for (i = first; line[i] ~ /\\$/; i++)
			;
		return i
	}
	if (line[first] ~ /;[ \t]*(\/\*.*)?$/)
		return first
	for (i = first + 1; i <= last; i++) {
		if (line[i] ~ /^}/ || (line[i] ~ /^[^ \t#].*;[ \t]*$/))
			return i
		if (line[i] ~ /^[ \t].*\);[ \t]*$/ && !opened(first, i))
			return i
	}
	return last
}

# Whether a body has begun.
function opened(first, to, i) {
	for (i = first; i <= to; i++)
		if (line[i] ~ /\{/)
			return 1
	return 0
}

# The name that is defined, if it is a wanted one.
function defined(first, end, head, i, name) {
	if (line[first] ~ /^#[ \t]*define/) {
		head = line[first]
		sub(/^#[ \t]*define[ \t]+/, "", head)
		sub(/[^A-Za-z0-9_].*/, "", head)
		return head in wanted ? head : ""
	}
	for (i = first; i <= end; i++) {
		head = head " " line[i]
		if (line[i] ~ /[{=;]/)
			break
	}
	sub(/[{=].*/, "", head)
	for (name in wanted)
		if (is(head, name, end))
			return name
	return ""
}

# Whether the text before the body is the head of a definition of a name.
function is(head, name, end) {
	if (head ~ "(struct|union|enum)[ \t]+" name "[ \t]*$")
		return 1
	if (line[end] ~ /^}/ && head ~ "[^A-Za-z0-9_]" name "[ \t]*\\(")
		return 1
	if (head ~ /^ (extern|typedef)/)
		return 0
	if (head ~ /DEFINE_[A-Z_]+\(/)
		return head ~ "[^A-Za-z0-9_]" name "\\)[ \t]*;?[ \t]*$"
	return head !~ /\(/ && head ~ "[^A-Za-z0-9_]" name "(\\[[^]]*\\])*[ \t]*;?[ \t]*$"
}
