using System.Globalization;
using System.Runtime.InteropServices;
using PaySg.Benchmarks;

await using var product = await Product.StartAsync();
Measurement[] measured =
[
    await Measurement.OfAsync("create a payment", product.CreateAsync),
    await Measurement.OfAsync("create a payment with a key", product.CreateKeyedAsync),
    await Measurement.OfAsync("read a payment", product.GetAsync),
];

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors");
Console.WriteLine();
Console.WriteLine("| call | processor time, median | least and most | allocated, median |");
Console.WriteLine("| --- | --- | --- | --- |");
foreach (var (name, median, least, most, bytes) in measured)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:F0} µs | {least:F0} to {most:F0} µs | {bytes / 1024:F1} KiB |"));
}
