# What was seen on one AMD CPU. It promises nothing for others.
profile: observed-zen4
title: AMD Zen 4 (family 25, model 17), as it was seen from user space
window: in-order
  source: measured/amd-zen4.tsv: mp.load-fetch, cofetch.twice, mp.fetch-fetch, crossing.older-than-load
shape: head
  source: measured/amd-zen4.tsv: crossing.head-older.line, crossing.head-older.page, crossing.tail-older
chunk: 64
  source: measured/amd-zen4.tsv: store.in-line, store.crossing-line, store.crossing-line.lock
split: line
  source: measured/amd-zen4.tsv: store.aligned-qword, store.in-line
serializing: cpuid iret mov_cr mfence
  source: measured/amd-zen4.tsv: sb.mfence, sb.iret, sb.cpuid; AMD APM vol. 2, 7.6.4
lock-orders-fetch: no
  source: measured/amd-zen4.tsv: sb.lock
self-modification: none
  source: measured/amd-zen4.tsv: self-modification; AMD APM vol. 2, 7.6.1
alias-modification: none
  source: measured/amd-zen4.tsv: self-modification; AMD APM vol. 2, 7.6.1
xmc-documented: no
  source: the shape and the chunk are measured, not promised
ipi-send: bare
  source: AMD APM vol. 2, "x2APIC": a write to an x2APIC MSR is not ordered behind earlier stores; not measured
syscall-drains: no
  source: AMD APM vol. 3, SYSCALL: no word of it; not measured
