# An ideal CPU: the check that a protocol does not fail for another reason.
profile: coherent
title: an ideal CPU, whose fetches see memory as it is now
window: now
  source: no CPU promises this
shape: insn
  source: no CPU promises this
chunk: 1
  source: of no consequence where nothing is old
split: byte
  source: a memcpy promises single bytes in any order
serializing: cpuid iret serialize mov_cr
  source: Intel SDM vol. 3, "Serializing Instructions"; AMD APM vol. 2, 7.6.4, but for SERIALIZE
lock-orders-fetch: no
  source: of no consequence where nothing is old
self-modification: none
  source: of no consequence where nothing is old
alias-modification: none
  source: of no consequence where nothing is old
xmc-documented: no
  source: no CPU promises this
ipi-send: bare
  source: as for any CPU with an x2APIC
syscall-drains: no
  source: neither manual says that it does
