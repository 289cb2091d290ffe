# What was seen on one Intel CPU. It promises nothing for others.
profile: observed-intel-6-207
title: Intel Xeon (family 6, model 207), as it was seen from user space
window: in-order
  source: measured/intel-6-207.tsv: mp.load-fetch, cofetch.twice, mp.fetch-fetch, crossing.older-than-load
shape: chunk
  source: measured/intel-6-207.tsv: crossing.head-older.line, crossing.tail-older.line, int3.no-sync2.line, int3.no-sync2.page
chunk: 64
  source: measured/intel-6-207.tsv: store.in-line, store.crossing-line, store.crossing-line.lock
split: line
  source: measured/intel-6-207.tsv: store.in-line; Intel SDM vol. 3, "Guaranteed Atomic Operations"
serializing: cpuid iret serialize mov_cr
  source: measured/intel-6-207.tsv: sb.serialize, sb.iret, sb.cpuid; Intel SDM vol. 3, "Serializing Instructions"
lock-orders-fetch: yes
  source: measured/intel-6-207.tsv: sb.lock
self-modification: none
  source: measured/intel-6-207.tsv: self-modification
alias-modification: none
  source: measured/intel-6-207.tsv: self-modification
xmc-documented: no
  source: Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code"
ipi-send: bare
  source: Intel SDM vol. 3, "Extended XAPIC (x2APIC)": a write to an x2APIC MSR is not ordered behind earlier stores; not measured
syscall-drains: no
  source: measured/intel-6-207.tsv: sb.syscall
