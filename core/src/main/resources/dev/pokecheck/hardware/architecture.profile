# What the manuals of both vendors leave open, taken at its worst.
profile: architecture
title: the worst case of the manuals, and what serializes on both vendors' CPUs
window: serialized
  source: Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code": unsynchronised cross-modifying code is model-specific
shape: chunk
  source: no manual relates the bytes of one instruction to each other
chunk: 1
  source: no manual names a granule for Intel CPUs
split: byte
  source: a memcpy promises single bytes in any order
serializing: cpuid iret serialize mov_cr
  source: Intel SDM vol. 3, "Serializing Instructions"; AMD APM vol. 2, 7.6.4, but for SERIALIZE
lock-orders-fetch: no
  source: AMD APM vol. 2, 7.6.1: a locked operation is not sufficient
self-modification: jump
  source: Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code": jump to the new code, or serialize
alias-modification: serialize
  source: Intel SDM vol. 3, "Self-Modifying Code": who modifies by another linear address than that of the fetch serializes
xmc-documented: no
  source: Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code"
ipi-send: bare
  source: Intel SDM vol. 3, "Extended XAPIC (x2APIC)"; AMD APM vol. 2, "x2APIC": a write to an x2APIC MSR is not ordered behind earlier stores
syscall-drains: no
  source: neither manual says that it does
