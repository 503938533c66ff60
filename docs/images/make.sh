#!/usr/bin/env bash
# Makes the pictures in this folder anew, from the demo fleet. Needs Chromium (or TFT_CHROMIUM=its path).
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet run --project TftPortal.Tests -- -explicit only -method TftPortal.Tests.Browser.Looks.The_demo_is_photographed_for_the_docs
ls -l docs/images/*.png
