#!/usr/bin/env bash
# Library: Java ThreeTen-Extra 1.5.0 (Debian libthreeten-extra-java 1.5.0-1), `AmountFormats.wordBased`, with a JDK 17.
# Expected: in Russian 21, 31 and 101 have the form of 1: 21 год, 31 день, 101 час; Korean has Korean words.
# Seen: these numbers have the form of 5, `21 лет`, `31 дней`, `101 часов`, while 22 and 32 are right: only 1 itself has
#   the form of 1. A language without words is English without a sign of it, so Korean has `1 year, 2 months and 3 days`;
#   Japanese has its words.
# For readers of the timeline: format numbers in Russian with ICU (`{years, plural, one {год} few {года} other {лет}}`).
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 libthreeten-extra-java=1.5.0-1 > /dev/null 2>&1
dpkg-deb --extract libthreeten-extra-java*.deb root
cat > Run.java <<'JAVA'
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import org.threeten.extra.AmountFormats;

public class Run {
    public static void main(String[] arguments) {
        Locale russian = Locale.forLanguageTag("ru");
        for (int count : new int[] {1, 2, 5, 11, 21, 22, 31, 32, 101}) {
            System.out.println(
                    AmountFormats.wordBased(Period.ofYears(count), russian)
                            + ", " + AmountFormats.wordBased(Duration.ofHours(count), russian));
        }
        System.out.println(AmountFormats.wordBased(Period.ofDays(31), russian));
        System.out.println(AmountFormats.wordBased(Period.of(1, 2, 3), Locale.KOREAN));
        System.out.println(AmountFormats.wordBased(Period.of(1, 2, 3), Locale.JAPANESE));
    }
}
JAVA
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp root/usr/share/java/threeten-extra.jar Run.java > seen
cat seen
cat > expected <<'TEXT'
1 год, 1 час
2 года, 2 часа
5 лет, 5 часов
11 лет, 11 часов
21 лет, 21 часов
22 года, 22 часа
31 лет, 31 часов
32 года, 32 часа
101 лет, 101 часов
31 дней
1 year, 2 months and 3 days
1年2か月3日
TEXT
diff expected seen
