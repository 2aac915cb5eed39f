using System.Globalization;
using System.Runtime.InteropServices;
using PaySg.Benchmarks;

if (args is ["deliveries", ..])
{
    await using var deliveries = await Deliveries.StartAsync(new Uri(args.Length > 1 ? args[1] : "http://localhost:7071"));
    var paced = Deliveries.Row("200 payments, 10 a second", await deliveries.PacedAsync());
    var burst = Deliveries.Row("200 payments at once, 16 in flight", await deliveries.BurstAsync());
    Console.WriteLine("| event to first attempt | p50 | p95 | longest |");
    Console.WriteLine("| --- | --- | --- | --- |");
    Console.WriteLine(paced);
    Console.WriteLine(burst);
    return;
}

if (args is ["startup"])
{
    using var startup = new Startup();
    Console.WriteLine(Startup.Row(await startup.StartsAsync()));
    Console.WriteLine("memory of LocalHost and its worker in MiB, before and after each 10,000 of 40,000 requests: " + string.Join(", ", (await startup.MemoryAsync()).Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.LocalHost:F0} + {value.Worker:F0}"))));
    return;
}

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
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:F0} µs | {least:F0} to {most:F0} µs | {bytes / 1024:F1} KiB |"));
