"""The packet as a pure function: `inputs.read` a loop, then `build.build` what it says."""
