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
xmc-documented: no
  source: Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code"
